package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
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

  BlockingFlowClient blocking() {
    return client().blocking();
  }
}
