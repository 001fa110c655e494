package io.fedflow.server;

import io.fedflow.pipeline.Retention;
import io.fedflow.spi.TrackingStore.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How long the server keeps what ended jobs left. */
final class KeepOptions {

  @Option(
      names = "--keep-outputs",
      paramLabel = "DAYS",
      description =
          "how many days after a job's end the tables that it made are kept; by default for good."
              + " What a deployed, loaded or bound model was made from is kept in any case")
  private Integer outputs;

  @Option(
      names = "--keep-metrics",
      paramLabel = "DAYS",
      description = "how many days after a job's end its metrics are kept; by default for good")
  private Integer metrics;

  @Option(
      names = "--keep-logs",
      paramLabel = "DAYS",
      description = "how many days after a job's end its logs are kept; by default for good")
  private Integer logs;

  /**
   * The times that were given.
   *
   * @throws IllegalArgumentException naming the option that is not at least 0
   */
  Retention read() {
    Map<Kind, Duration> keep = new EnumMap<>(Kind.class);
    put(keep, Kind.OUTPUTS, "--keep-outputs", outputs);
    put(keep, Kind.METRICS, "--keep-metrics", metrics);
    put(keep, Kind.LOGS, "--keep-logs", logs);
    return new Retention(keep);
  }

  private static void put(Map<Kind, Duration> keep, Kind kind, String option, Integer days) {
    if (days != null) {
      if (days < 0) {
        throw new IllegalArgumentException(option + ": found " + days + ", allowed 0 or more");
      }
      keep.put(kind, Duration.ofDays(days));
    }
  }
}
