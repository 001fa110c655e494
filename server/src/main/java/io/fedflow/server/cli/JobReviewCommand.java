package io.fedflow.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow job review}. */
@Command(
    name = "review",
    description = {
      "Tells what a job uses of the parties of this server, and what leaves them: tables, components",
      "with their parameters, every message that may cross, in which form, and what its receiver",
      "learns. 'job approve' or 'job reject' then decides."
    })
final class JobReviewCommand implements Callable<Integer> {

  private static final int MOST_COLUMNS = 20;

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> review = server.blocking().review(jobId);
    console.result(review, () -> text(new Tree(review)));
    return 0;
  }

  private static String text(Tree review) {
    List<String> lines = new ArrayList<>();
    review.at("parties").each().forEach(party -> party(party, lines));
    return String.join(System.lineSeparator(), lines);
  }

  private static void party(Tree party, List<String> lines) {
    boolean pending = Boolean.TRUE.equals(party.at("approval_pending").value());
    lines.add(
        party.at("role").text()
            + ':'
            + party.at("party_id").text()
            + " in a job of "
            + party.at("initiator").text()
            + " with "
            + texts(party.at("parties"))
            + ": "
            + party.at("status").text()
            + (pending ? ", APPROVAL PENDING" : ""));
    party.at("tables").each().forEach(table -> lines.add("  reads " + table(table)));
    for (Tree component : party.at("components").each()) {
      lines.add(
          "  runs "
              + component.at("component").text()
              + " ("
              + component.at("module").text()
              + ") with "
              + Documents.write(component.at("parameters").value()));
      component.at("sends").each().forEach(each -> lines.add("    sends " + message(each, "to")));
      component
          .at("receives")
          .each()
          .forEach(each -> lines.add("    gets " + message(each, "from")));
    }
    party
        .at("rules")
        .each()
        .forEach(
            rule ->
                lines.add(
                    "  rule "
                        + rule.at("rule").text()
                        + " ("
                        + rule.at("type").text()
                        + "): "
                        + rule.at("says").text()));
  }

  private static String table(Tree table) {
    if (!Boolean.TRUE.equals(table.at("there").value())) {
      return table.at("table").text() + ", which is not there";
    }
    List<Tree> columns = table.at("columns").each();
    String named =
        columns.stream().limit(MOST_COLUMNS).map(Tree::text).collect(Collectors.joining(", "));
    return table.at("table").text()
        + ": "
        + table.at("rows").text()
        + " rows, "
        + columns.size()
        + " columns"
        + (columns.isEmpty() ? "" : " " + named)
        + (columns.size() > MOST_COLUMNS ? ", …" : "");
  }

  private static String message(Tree message, String end) {
    String key = message.at("key_of").text();
    return message.at("message").text()
        + ' '
        + end
        + ' '
        + texts(message.at(end))
        + ", "
        + message.at("form").text()
        + (key.isEmpty() ? "" : " under the key of " + key)
        + ": "
        + message.at("learns").text();
  }

  private static String texts(Tree list) {
    return list.each().stream().map(Tree::text).collect(Collectors.joining(", "));
  }
}
