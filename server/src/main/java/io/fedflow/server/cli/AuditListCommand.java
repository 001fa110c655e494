package io.fedflow.server.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow audit list}. */
@Command(name = "list", description = "Tells who did what at a server, newest first.")
final class AuditListCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Option(
      names = "--limit",
      description = "how many records, default ${DEFAULT-VALUE}",
      defaultValue = "50")
  private int limit;

  @Option(
      names = "--before",
      paramLabel = "NUMBER",
      description = "only records before this one; default the newest",
      defaultValue = "0")
  private long before;

  @Option(
      names = "--action",
      description = "only this action or this group of actions, such as job.submit or table",
      defaultValue = "")
  private String action;

  @Option(
      names = "--subject",
      description = "only about exactly this, such as a job's id",
      defaultValue = "")
  private String subject;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> page = server.blocking().audit(before, limit, action, subject);
    console.result(page, () -> text(new Tree(page)));
    return 0;
  }

  private static String text(Tree page) {
    List<String> lines = new ArrayList<>();
    page.at("records").each().forEach(record -> lines.add(line(record)));
    if (lines.isEmpty()) {
      lines.add("no records");
    }
    if (page.at("next").number() > 0) {
      lines.add("more: --before " + page.at("next").text());
    }
    lines.add("head: " + page.at("head").text());
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(Tree record) {
    boolean ended = record.at("of").number() > 0;
    String detail = record.at("detail").text();
    return String.format(
        "%6s  %s  %-8s %-20s %s  by %s%s%s",
        record.at("number").text(),
        TIME.format(Instant.ofEpochMilli((long) record.at("time").number())),
        record.at("outcome").text(),
        record.at("action").text(),
        record.at("subject").text(),
        who(record),
        ended ? " (asked for in " + record.at("of").text() + ')' : "",
        detail.isEmpty() ? "" : ": " + detail);
  }

  private static String who(Tree record) {
    StringBuilder who = new StringBuilder(record.at("kind").text());
    for (String part : List.of("name", "address", "identity")) {
      if (!record.at(part).text().isEmpty()) {
        who.append(' ').append(record.at(part).text());
      }
    }
    return who.toString();
  }
}
