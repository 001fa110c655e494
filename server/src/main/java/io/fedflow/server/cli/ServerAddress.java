package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.ClientKeys;
import io.fedflow.transport.client.ClientOptions;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.FlowOptions;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a command asks. */
final class ServerAddress {

  private static final String USUAL = "http://127.0.0.1:9380";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the server; else what FEDFLOW_SERVER says, else what init kept, else " + USUAL)
  private String url;

  /** Our own client; it signs as {@link #flow} does. */
  FlowHttpClient client() {
    try {
      ClientOptions options = ClientOptions.of(url());
      return keys()
          .map(keys -> new FlowHttpClient(options, keys))
          .orElseGet(() -> new FlowHttpClient(options));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--" + wrong.getMessage(), wrong);
    }
  }

  /** A client of another server, which signs with the keys of the environment alone. */
  FlowHttpClient clientAt(String option, String other) {
    try {
      ClientOptions options = ClientOptions.of(other);
      return environmentKeys()
          .map(keys -> new FlowHttpClient(options, keys))
          .orElseGet(() -> new FlowHttpClient(options));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), option + ": " + wrong.getMessage(), wrong);
    }
  }

  /** FATE's client; it signs if both keys are in the environment, or were kept by init. */
  FlowClient flow() {
    try {
      FlowOptions options = FlowOptions.at(ClientOptions.of(url()));
      return new FlowClient(keys().map(options::withKeys).orElse(options));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--" + wrong.getMessage(), wrong);
    }
  }

  private String url() {
    if (url != null) {
      return url;
    }
    String set = System.getenv("FEDFLOW_SERVER");
    if (set != null && !set.isEmpty()) {
      return set;
    }
    String kept = ClientSettings.read().server();
    return kept.isEmpty() ? USUAL : kept;
  }

  private static Optional<ClientKeys> environmentKeys() {
    String appKey = System.getenv("FEDFLOW_APP_KEY");
    String secretKey = System.getenv("FEDFLOW_SECRET_KEY");
    return appKey == null || secretKey == null
        ? Optional.empty()
        : Optional.of(new ClientKeys(appKey, secretKey));
  }

  private Optional<ClientKeys> keys() {
    Optional<ClientKeys> named = environmentKeys();
    if (named.isPresent()) {
      return named;
    }
    ClientSettings kept = ClientSettings.read();
    // Keys are for the server that they were kept with.
    boolean theirs = kept.server().equals(url());
    return kept.secretKey().isEmpty() || !theirs
        ? Optional.empty()
        : Optional.of(new ClientKeys(kept.appKey(), kept.secretKey()));
  }

  BlockingFlowClient blocking() {
    return client().blocking();
  }
}
