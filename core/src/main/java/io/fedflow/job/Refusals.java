package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JobPolicy.Decision;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Asks a policy about what cannot wait for an approval. */
final class Refusals {

  private Refusals() {}

  /**
   * Goes on if a policy allows it.
   *
   * @param question asks the policy
   * @param words what stands before the reason
   * @param askingRefuses whether it is refused, too, if the policy would have it approved first
   * @return fails with PEER {@code policy.refused}, also if the policy cannot be asked
   */
  static CompletionStage<Void> unless(
      Supplier<CompletionStage<Decision>> question, String words, boolean askingRefuses) {
    return Stages.start(question)
        .handle(
            (decision, failed) -> {
              if (failed != null) {
                Throwable why = Stages.unwrap(failed);
                throw refused(words + "its policy cannot be asked: " + JobOutbox.reason(why), why);
              }
              if (decision instanceof Decision.Refuse refuse) {
                throw refused(words + refuse.reason(), null);
              }
              if (askingRefuses && decision instanceof Decision.Ask) {
                throw refused(words + "it would have to be approved, and cannot wait", null);
              }
              return null;
            });
  }

  private static FedflowException refused(String message, Throwable cause) {
    return new FedflowException(FailureKind.PEER, CauseCode.POLICY_REFUSED, message, cause);
  }
}
