package io.fedflow.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names a version of a model at a party. */
final class ModelOption {

  @Parameters(index = "0", paramLabel = "MODEL", description = "the model's id")
  private String modelId;

  @Parameters(index = "1", paramLabel = "VERSION", description = "the version of the model")
  private String version;

  @Option(
      names = "--party",
      paramLabel = "ROLE:ID",
      required = true,
      description = "whose part of the model, such as guest:9999")
  private String party;

  /** The arguments of a request; a party of another form is left to the server to refuse. */
  Map<String, Object> arguments() {
    int colon = party.indexOf(':');
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("model_id", modelId);
    arguments.put("model_version", version);
    arguments.put("role", colon < 0 ? party : party.substring(0, colon));
    arguments.put("party_id", colon < 0 ? "" : party.substring(colon + 1));
    return arguments;
  }
}
