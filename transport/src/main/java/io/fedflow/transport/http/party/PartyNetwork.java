package io.fedflow.transport.http.party;

import io.fedflow.transport.grpc.Ping;
import io.fedflow.transport.grpc.Trace;
import io.fedflow.transport.route.LiveRoutes;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The network between this server and other parties' servers. Thread-safe; never blocks. */
public interface PartyNetwork {

  /** The ids of the parties that this server acts for; not empty. */
  Set<String> own();

  /** Where the others are. Some of its methods block. */
  LiveRoutes routes();

  /**
   * Asks the server of another party who it is.
   *
   * @param rounds how many round trips to measure, at least 1
   * @return fails with UNAVAILABLE {@code party.unreachable} if it does not answer in time, {@code
   *     protocol.version} if it speaks another protocol, or {@code party.not_served} if it is
   *     another party's
   */
  CompletionStage<Ping> ping(String partyId, int rounds);

  /**
   * Follows the way to another party's server through all relays.
   *
   * @return fails with {@code party.unreachable} if there is no route; a way that gets lost is told
   *     as far as it goes
   */
  CompletionStage<Trace> trace(String partyId);
}
