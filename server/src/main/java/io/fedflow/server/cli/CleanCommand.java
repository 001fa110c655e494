package io.fedflow.server.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow clean}. */
@Command(
    name = "clean",
    description = {
      "Drops what ended jobs left at a server for longer than it is to be kept: tables that they",
      "made, metrics, logs. Without times, those of the server's own options count. Jobs, summaries",
      "and models stay, and so does all that a deployed, loaded or bound model was made from."
    })
final class CleanCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Option(
      names = "--outputs",
      paramLabel = "DAYS",
      description = "drops tables of jobs that ended so long ago")
  private Integer outputs;

  @Option(
      names = "--metrics",
      paramLabel = "DAYS",
      description = "drops metrics of jobs that ended so long ago")
  private Integer metrics;

  @Option(
      names = "--logs",
      paramLabel = "DAYS",
      description = "drops logs of jobs that ended so long ago")
  private Integer logs;

  @Option(names = "--dry-run", description = "only tells what would be dropped")
  private boolean dryRun;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("outputs_days", outputs);
    wanted.put("metrics_days", metrics);
    wanted.put("logs_days", logs);
    wanted.values().removeIf(value -> value == null);
    wanted.put("dry_run", dryRun);
    Map<String, Object> envelope = server.blocking().call("/fedflow/v1/retention/clean", wanted);
    Tree swept = new Tree(envelope).at("data");
    console.result(swept.value(), () -> text(swept));
    return 0;
  }

  private static String text(Tree swept) {
    boolean dry = Boolean.parseBoolean(swept.at("dry_run").text());
    List<String> lines = new ArrayList<>();
    for (Tree job : swept.at("jobs").each()) {
      String kept = job.at("kept").text();
      List<String> kinds = new ArrayList<>();
      job.at("kinds").each().forEach(kind -> kinds.add(kind.text()));
      lines.add(
          job.at("job_id").text()
              + "  ended "
              + TIME.format(Instant.ofEpochMilli((long) job.at("ended").number()))
              + "  "
              + String.join(", ", kinds)
              + (kept.isEmpty() ? "" : "  kept: " + kept));
    }
    lines.add(
        (dry ? "would clean " : "cleaned ")
            + swept.at("cleaned").text()
            + " jobs, "
            + swept.at("tables").text()
            + " tables of "
            + swept.at("bytes").text()
            + " bytes; kept "
            + swept.at("kept").text()
            + (Boolean.parseBoolean(swept.at("more").text()) ? "; there are more" : ""));
    return String.join(System.lineSeparator(), lines);
  }
}
