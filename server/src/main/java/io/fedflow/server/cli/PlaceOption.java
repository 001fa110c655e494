package io.fedflow.server.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Names a place for models. */
final class PlaceOption {

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description =
          "the bucket, by the name that the server has for it; by default its folder, or else its"
              + " only bucket")
  private String bucket;

  /** Adds it to the arguments of a request. */
  void into(Map<String, Object> arguments) {
    if (bucket != null) {
      arguments.put("store_address", Map.of("storage", "s3", "bucket", bucket));
    }
  }
}
