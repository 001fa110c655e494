package io.fedflow.spi;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Carries commands to the site of a party: a method call inside one process, gRPC between servers.
 * Thread-safe; never blocks.
 *
 * <p>Promises: L1 a stage that completes well means that the party's site stored what the command
 * asks; L2 a refusal completes with the party's own failure, kind and code kept; L3 a site that
 * cannot be reached in time fails with UNAVAILABLE {@code party.unreachable}; L4 commands to one
 * party about one job arrive in the order sent; L5 a question is answered with the party's own
 * answer, or fails like L2 and L3; it has no order.
 */
public interface PartyLink {

  /** Sends a command. */
  CompletionStage<Void> send(Party to, PartyCommand command);

  /**
   * Asks a question. A link that carries commands only refuses with PEER {@code party.no_answer}.
   *
   * @return completes with the kind of answer that belongs to the question
   */
  default CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
    return CompletableFuture.failedStage(
        FedflowException.peer("party.no_answer", "the link to " + to + " carries no questions"));
  }
}
