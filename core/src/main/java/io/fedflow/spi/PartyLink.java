package io.fedflow.spi;

import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import java.util.concurrent.CompletionStage;

/**
 * Carries commands to the site of a party: a method call inside one process, gRPC between servers.
 * Thread-safe; never blocks.
 *
 * <p>Promises: L1 a stage that completes well means that the party's site stored what the command
 * asks; L2 a refusal completes with the party's own failure, kind and code kept; L3 a site that
 * cannot be reached in time fails with UNAVAILABLE {@code party.unreachable}; L4 commands to one
 * party about one job arrive in the order sent.
 */
public interface PartyLink {

  /** Sends a command. */
  CompletionStage<Void> send(Party to, PartyCommand command);
}
