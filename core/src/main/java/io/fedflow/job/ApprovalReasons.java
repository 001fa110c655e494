package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPolicy.Decision;
import io.fedflow.spi.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** What lets a job wait for an approval of a party of this site, as its policy says now. */
final class ApprovalReasons {

  /** A policy may look at tables; whoever explains a job does not wait for that. */
  private static final long PATIENCE_MILLIS = 500;

  private final EngineParts parts;
  private final Function<String, JobShell> shells;

  /**
   * Asks the policy of a site.
   *
   * @param shells gives the shell of a live job; null for others
   */
  ApprovalReasons(EngineParts parts, Function<String, JobShell> shells) {
    this.parts = parts;
    this.shells = shells;
  }

  /** The reason; empty if there is none, if it asks for no approval any more, or not in time. */
  CompletionStage<String> of(String jobId, Party party) {
    JobShell shell = shells.apply(jobId);
    if (shell == null || shell.plan() == null) {
      return CompletableFuture.completedStage("");
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    Timers.Timer limit;
    try {
      limit = parts.timers().after(PATIENCE_MILLIS, () -> answer.complete(""));
    } catch (RejectedExecutionException ended) {
      return CompletableFuture.completedStage("");
    }
    Stages.start(() -> parts.policy().decide(party, jobId, shell.plan()))
        .whenComplete(
            (decision, failed) -> {
              limit.cancel();
              answer.complete(decision instanceof Decision.Ask ask ? ask.reason() : "");
            });
    return answer;
  }
}
