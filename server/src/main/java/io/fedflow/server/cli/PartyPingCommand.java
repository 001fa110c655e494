package io.fedflow.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow party ping}. */
@Command(
    name = "ping",
    description = "Lets a running server ask another party's server who it is, and how far away.")
final class PartyPingCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "ID", description = "the other party's id")
  private String partyId;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how many round trips to measure, default ${DEFAULT-VALUE}",
      defaultValue = "5")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> ping = server.blocking().pingParty(partyId, rounds);
    console.result(ping, () -> text(new Tree(ping)));
    return 0;
  }

  private static String text(Tree ping) {
    return String.format(
        "party %s answers at %s: %s, protocol versions %s to %s%n%s"
            + "round trip of %s: median %.2f ms, least %.2f ms, most %.2f ms%n%s",
        ping.at("party_id").text(),
        ping.at("address").text(),
        ping.at("software").text(),
        ping.at("protocols", "oldest").text(),
        ping.at("protocols", "newest").text(),
        certificate(ping.at("certificate")),
        ping.at("rounds").text(),
        ping.at("round_trip_ms").number(),
        ping.at("least_ms").number(),
        ping.at("most_ms").number(),
        clock((long) ping.at("clock_ahead_ms").number()));
  }

  private static String clock(long aheadMillis) {
    return aheadMillis == 0
        ? "its clock agrees with that of the server asked"
        : "its clock is "
            + Math.abs(aheadMillis)
            + (aheadMillis > 0 ? " ms ahead of" : " ms behind")
            + " that of the server asked";
  }

  private static String certificate(Tree shown) {
    return shown.value() == null
        ? ""
        : String.format(
            "certificate of parties %s%s, valid until %s, SHA-256 %s%n",
            shown.at("party_ids").text(),
            Boolean.TRUE.equals(shown.at("relay").value()) ? ", a relay" : "",
            shown.at("not_after").text(),
            shown.at("sha256").text());
  }
}
