package io.fedflow.server.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow party list}. */
@Command(name = "list", description = "Shows where a running server finds other parties.")
final class PartyListCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Option(names = "--reach", description = "ask each of them whether it can be reached")
  private boolean reach;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> parties = server.blocking().parties(reach);
    console.result(parties, () -> text(new Tree(parties)));
    return 0;
  }

  private static String text(Tree list) {
    List<Tree> own = list.at("own").each();
    StringBuilder text = new StringBuilder("this server acts for ");
    text.append(own.isEmpty() ? "every party itself" : joined(own, ", "));
    for (Tree party : list.at("parties").each()) {
      text.append(
          String.format(
              "%n%-12s %-32s %-7s%s",
              party.at("party_id").text(), way(party), party.at("source").text(), reached(party)));
    }
    List<Tree> otherwise = list.at("default").each();
    if (!otherwise.isEmpty()) {
      text.append(String.format("%n%-12s %s", "all others", joined(otherwise, " or ")));
    }
    String trouble = list.at("trouble").text();
    if (!trouble.isEmpty()) {
      text.append(String.format("%n%s; the routes stay as they were", trouble));
    }
    return text.toString();
  }

  private static String way(Tree party) {
    String identity = party.at("identity").text();
    return joined(party.at("addresses").each(), " or ")
        + (identity.isEmpty() ? "" : " (" + identity + ')');
  }

  private static String joined(List<Tree> values, String between) {
    return values.stream().map(Tree::text).collect(Collectors.joining(between));
  }

  private static String reached(Tree party) {
    if (party.at("reachable").value() == null) {
      return "";
    }
    return Boolean.TRUE.equals(party.at("reachable").value())
        ? " reachable at " + party.at("address").text() + ", " + party.at("software").text()
        : " NOT reachable: " + party.at("why").text();
  }
}
