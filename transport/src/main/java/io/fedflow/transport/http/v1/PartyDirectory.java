package io.fedflow.transport.http.v1;

import io.fedflow.failure.FedflowException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which parties this server acts for, and who acts for others. Thread-safe; never blocks. */
public interface PartyDirectory {

  /** A server that acts for every party itself. */
  PartyDirectory EVERYBODY =
      new PartyDirectory() {
        @Override
        public Set<String> own() {
          return Set.of();
        }

        @Override
        public CompletionStage<OtherServer> ask(String partyId) {
          return CompletableFuture.failedStage(
              FedflowException.invalid(
                  "party.own", "this server acts for party " + partyId + " itself"));
        }
      };

  /** The ids of the parties that this server acts for; empty for every party. */
  Set<String> own();

  /** Tells whether this server acts for a party. */
  default boolean isOwn(String partyId) {
    return own().isEmpty() || own().contains(partyId);
  }

  /**
   * Asks the server of another party who it is.
   *
   * @return fails with UNAVAILABLE {@code party.unreachable} if it cannot be reached in time
   */
  CompletionStage<OtherServer> ask(String partyId);

  /**
   * What another party's server says about itself.
   *
   * @param version its software and version
   * @param host where it listens for parties, as far as this server knows
   * @param grpcPort its port for parties
   */
  record OtherServer(String version, String host, int grpcPort) {}
}
