package io.fedflow.server.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow job explain}. */
@Command(
    name = "explain",
    description = "Tells what a job and its components wait for, or how the job ended.")
final class JobExplainCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> explained = server.blocking().explain(jobId);
    console.result(explained, () -> text(new Tree(explained)));
    return 0;
  }

  private static String text(Tree explained) {
    return explained.at("waits").each().stream()
        .map(JobExplainCommand::line)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String line(Tree wait) {
    String component = wait.at("component").text();
    String role = wait.at("role").text();
    return String.format(
        "%s: %s%s since %s: %s%n  remedy: %s",
        component.isEmpty() ? "job" : component,
        wait.at("cause").text(),
        role.isEmpty() ? "" : " (" + role + ':' + wait.at("party_id").text() + ')',
        TIME.format(Instant.ofEpochMilli((long) wait.at("since").number())),
        wait.at("text").text(),
        wait.at("remedy").text());
  }
}
