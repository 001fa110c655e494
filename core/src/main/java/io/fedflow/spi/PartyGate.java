package io.fedflow.spi;

import io.fedflow.federation.Envelope;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides what another site may say about a job, by the job as it is stored here: who coordinates
 * it, and who takes part in which role. Asked by whoever takes words of other sites, before they
 * are obeyed; what a site says to itself is not asked about. Thread-safe; never blocks.
 *
 * <p>What is known of a job decides, so a word about an unknown one passes, and is then refused as
 * unknown by whoever would obey it.
 */
public interface PartyGate {

  /** The code of every refusal. */
  String NOT_ENTITLED = "party.not_entitled";

  /** Lets everything pass: for ends that know nothing of jobs. */
  PartyGate OPEN =
      new PartyGate() {
        @Override
        public CompletionStage<Void> admit(Set<String> from, Party to, PartyCommand command) {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> admit(Set<String> from, Party to, PartyQuestion question) {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public void admit(Envelope.Key message) {
          // Whoever it comes from.
        }
      };

  /**
   * Whether a site may send a command.
   *
   * @param from the ids of the parties that it acts for
   * @param to the party of this site that is to obey
   * @return fails with PEER {@link #NOT_ENTITLED} if not
   */
  CompletionStage<Void> admit(Set<String> from, Party to, PartyCommand command);

  /**
   * Whether a site may ask a question.
   *
   * @return fails as for a command
   */
  CompletionStage<Void> admit(Set<String> from, Party to, PartyQuestion question);

  /**
   * Whether a message belongs to the job: both its ends run the task that it names.
   *
   * @throws io.fedflow.failure.FedflowException PEER {@link #NOT_ENTITLED} if not
   */
  void admit(Envelope.Key message);
}
