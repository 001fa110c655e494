package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.ClientKeys;
import io.fedflow.transport.client.ClientOptions;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.FlowOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a command asks. */
final class ServerAddress {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the server, default ${DEFAULT-VALUE}; or set FEDFLOW_SERVER",
      defaultValue = "${env:FEDFLOW_SERVER:-http://127.0.0.1:9380}")
  private String url;

  FlowHttpClient client() {
    try {
      return FlowHttpClient.of(url);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--" + wrong.getMessage(), wrong);
    }
  }

  /** FATE's client; it signs if both keys are in the environment. */
  FlowClient flow() {
    String appKey = System.getenv("FEDFLOW_APP_KEY");
    String secretKey = System.getenv("FEDFLOW_SECRET_KEY");
    try {
      FlowOptions options = FlowOptions.at(ClientOptions.of(url));
      return new FlowClient(
          appKey == null || secretKey == null
              ? options
              : options.withKeys(new ClientKeys(appKey, secretKey)));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--" + wrong.getMessage(), wrong);
    }
  }

  BlockingFlowClient blocking() {
    return client().blocking();
  }
}
