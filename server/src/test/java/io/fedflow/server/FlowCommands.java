package io.fedflow.server;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What FATE's flow program got on each of its commands, and the table of it. */
final class FlowCommands {

  private static final String HEAD =
      """
      # Commands of FATE's flow program

      What each of the 84 commands of the official client of FATE 1.11 gets from a Fedflow server.
      Written by the tests that run that client unmodified (see CONTRIBUTING.md); do not edit. "right
      data" means that a test looked at what came back, or at the file that the client stored, and not
      only at the return code. A refusal does nothing for good, because what the command does in FATE is
      not safe; "not yet" says what brings it. What the routes do otherwise is in [routes.md](routes.md).

      """;

  private final Map<String, Outcome> outcomes = new TreeMap<>();

  /** Notes what a command got; where it works, that counts. */
  void note(String command, String result) {
    Outcome known = outcomes.computeIfAbsent(command, c -> new Outcome());
    if (!known.result.equals(Outcome.RIGHT)) {
      known.result = result;
    }
  }

  /** Notes that a command gave what it should. */
  void right(String command) {
    note(command, Outcome.RIGHT);
  }

  /** Notes that a command called a route. */
  void route(String command, String method, String path) {
    Outcome outcome = outcomes.get(command);
    if (outcome != null) {
      outcome.routes.add(("POST".equals(method) ? "" : method + ' ') + '`' + path + '`');
    }
  }

  Set<String> commands() {
    return outcomes.keySet();
  }

  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    long right = count(Outcome.RIGHT);
    long refused = count("refused: ");
    text.append("| right data | refused | not yet |\n|---|---|---|\n");
    text.append("| ").append(right).append(" | ").append(refused).append(" | ");
    text.append(outcomes.size() - right - refused).append(" |\n\n");
    text.append("| command | routes | gets |\n|---|---|---|\n");
    outcomes.forEach(
        (command, outcome) ->
            text.append("| ")
                .append(command)
                .append(" | ")
                .append(String.join("<br>", outcome.routes))
                .append(" | ")
                .append(outcome.result)
                .append(" |\n"));
    return text.toString();
  }

  private long count(String start) {
    return outcomes.values().stream().filter(o -> o.result.startsWith(start)).count();
  }

  private static final class Outcome {

    private static final String RIGHT = "right data";

    private final TreeSet<String> routes = new TreeSet<>();
    private String result = "";
  }
}
