package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.Map;

/** {@code /v1/component} and {@code /v1/provider}: which components this site runs. */
public final class RegistryController implements Controller {

  private final ComponentRegistry registry;

  /** Shows the components of this site. */
  public RegistryController(Site site) {
    this.registry = new ComponentRegistry(site.components());
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/component/get", call -> shown(registry.components()));
    routes.post("/v1/component/:name/get", call -> shown(component(call)));
    routes.post("/v1/provider/get", call -> shown(registry.providers()));
    routes.post("/v1/provider/registry/get", call -> shown(all()));
    routes.post("/v1/provider/:name/get", call -> shown(provider(call)));
    routes.post("/v1/provider/update", this::update);
  }

  private static Future<? extends Answer> shown(Object tree) {
    return Future.succeededFuture(Envelope.ok(tree).large());
  }

  /** An unknown name is answered without data. */
  private Object component(Call call) {
    return registry.component(call.path("name")).orElse(null);
  }

  private Object provider(Call call) {
    return registry.provider(call.path("name")).orElse(null);
  }

  /**
   * FATE loads the code of a provider here. Components are found at the start of a server, so this
   * only tells whether a provider is loaded.
   */
  private Future<? extends Answer> update(Call call) {
    Arguments arguments = call.arguments().require("name", "version");
    String name = arguments.requiredText("name");
    String version = arguments.requiredText("version");
    boolean loaded = registry.provider(name).filter(all -> all.containsKey(version)).isPresent();
    return Future.succeededFuture(
        loaded
            ? Envelope.ok()
            : Envelope.error(
                Retcode.OPERATING,
                "name, version: found a provider that is not loaded, allowed "
                    + registry.providers().keySet()
                    + " with the versions that provider/get tells"));
  }

  private Map<String, Object> all() {
    return Map.of(
        "components",
        registry.components(),
        "providers",
        registry.providers(),
        "default_settings",
        ComponentRegistry.defaultSettings());
  }
}
