package io.fedflow.transport.client;

import io.fedflow.transport.signing.RequestSignature;
import java.nio.file.Path;
import java.util.Map;

/** Providers of components. Thread-safe. */
public final class ProviderGroup {

  private final FlowRoutes routes;

  ProviderGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** All providers. */
  public Pending<Answer> list() {
    return routes.read("provider/get", Fields.none());
  }

  /** The versions of a provider. */
  public Pending<Answer> list(String name) {
    return routes.read("provider/" + RequestSignature.percent(name) + "/get", Fields.none());
  }

  /** Registers a provider. */
  public Pending<Answer> register(Map<String, ?> conf) {
    return routes.write("provider/register", Fields.none().all(conf));
  }

  /** Registers a provider. The conf is read from a file. */
  public Pending<Answer> register(Path conf) {
    return routes.withConf(conf, this::register);
  }
}
