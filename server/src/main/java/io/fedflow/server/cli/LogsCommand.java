package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow logs}. */
@Command(
    name = "logs",
    description = "Looks for log lines over all jobs and parties of a server, oldest job first.")
final class LogsCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private static final int PAGE = 1000;

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "only lines that hold this text, in either case of its letters",
      defaultValue = "")
  private String text;

  @Option(names = "--job", paramLabel = "JOB", description = "only of this job")
  private String job = "";

  @Option(names = "--role", paramLabel = "ROLE", description = "only of parties of this role")
  private String role = "";

  @Option(names = "--party-id", paramLabel = "ID", description = "only of the party of this id")
  private String partyId = "";

  @Option(names = "--component", paramLabel = "NAME", description = "only of this component")
  private String component = "";

  @Option(
      names = "--level",
      description = "this level and graver ones, default ${DEFAULT-VALUE}",
      defaultValue = "info")
  private String level;

  @Option(
      names = "--limit",
      description = "how many lines at most, default ${DEFAULT-VALUE}",
      defaultValue = "1000")
  private int limit;

  @Override
  public Integer call() throws Exception {
    BlockingFlowClient client = server.blocking();
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put("text", text);
    wanted.put("job_id", job);
    wanted.put("role", role);
    wanted.put("party_id", partyId);
    wanted.put("component", component);
    wanted.put("level", level);
    int left = limit;
    String behind = "";
    while (left > 0) {
      wanted.put("behind", behind);
      wanted.put("limit", Integer.toString(Math.min(PAGE, left)));
      Tree page = new Tree(client.searchLogs(wanted));
      List<Tree> lines = page.at("lines").each();
      if (lines.isEmpty()) {
        break;
      }
      lines.forEach(this::print);
      left -= lines.size();
      behind = page.at("last").text();
    }
    return 0;
  }

  private void print(Tree line) {
    console.result(line.value());
    console.say(
        line.at("job_id").text()
            + ' '
            + TIME.format(Instant.ofEpochMilli((long) line.at("time").number()))
            + ' '
            + line.at("level").text()
            + ' '
            + line.at("role").text()
            + ':'
            + line.at("party_id").text()
            + ' '
            + line.at("component").text()
            + ": "
            + line.at("text").text());
  }
}
