package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow job log}. */
@Command(name = "log", description = "Prints the log of a job at the parties of the server.")
final class JobLogCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Option(names = "--party", paramLabel = "ROLE:ID", description = "only this party")
  private String party = "";

  @Option(names = "--component", description = "only this component")
  private String component = "";

  @Option(
      names = "--level",
      description = "this level and graver ones, default ${DEFAULT-VALUE}",
      defaultValue = "info")
  private String level;

  @Override
  public Integer call() throws Exception {
    BlockingFlowClient client = server.blocking();
    for (Tree view : new Tree(client.job(jobId)).at("parties").each()) {
      String role = view.at("role").text();
      String id = view.at("party_id").text();
      if (party.isEmpty() || party.equals(role + ':' + id)) {
        print(client, role, id);
      }
    }
    return 0;
  }

  private void print(BlockingFlowClient client, String role, String id)
      throws InterruptedException {
    long after = 0;
    while (true) {
      Tree page = new Tree(client.log(jobId, role, id, component, level, after));
      List<Tree> lines = page.at("lines").each();
      if (lines.isEmpty()) {
        return;
      }
      lines.forEach(line -> print(role + ':' + id, line));
      after = (long) page.at("last").number();
    }
  }

  private void print(String at, Tree line) {
    console.result(line.value());
    console.say(
        TIME.format(Instant.ofEpochMilli((long) line.at("time").number()))
            + ' '
            + line.at("level").text()
            + ' '
            + at
            + ' '
            + line.at("component").text()
            + ": "
            + line.at("text").text());
  }
}
