package io.fedflow.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow party trace}. Ends with 1 if the party was not reached. */
@Command(
    name = "trace",
    description =
        "Lets a running server follow the way to another party's server, relay by relay, and tells"
            + " how long each part takes or where the way gets lost.")
final class PartyTraceCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "ID", description = "the other party's id")
  private String partyId;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> trace = server.blocking().traceParty(partyId);
    console.result(trace, () -> text(new Tree(trace)));
    return Boolean.TRUE.equals(trace.get("reached")) ? 0 : 1;
  }

  private static String text(Tree trace) {
    StringBuilder text = new StringBuilder("to " + trace.at("address").text());
    for (Tree leg : trace.at("legs").each()) {
      boolean reached = Boolean.TRUE.equals(leg.at("reached").value());
      text.append(
          String.format(
              "%n%s -> %s  %s",
              leg.at("from").text(),
              leg.at("to").text(),
              reached ? String.format("%.2f ms", leg.at("ms").number()) : "LOST"));
    }
    text.append(
        Boolean.TRUE.equals(trace.at("reached").value())
            ? String.format(
                "%nparty %s answers: %s, %.2f ms in all",
                trace.at("party_id").text(), trace.at("software").text(), trace.at("ms").number())
            : String.format(
                "%nparty %s is not reached: %s",
                trace.at("party_id").text(), trace.at("why").text()));
    return text.toString();
  }
}
