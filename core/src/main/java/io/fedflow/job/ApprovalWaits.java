package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.job.Wait.Cause;
import io.fedflow.party.Party;
import io.fedflow.spi.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Which parties at other sites have to approve a job that waits: only they know. Who does not
 * answer in time is told of as before. Thread-safe.
 */
final class ApprovalWaits {

  /** How long others may take. */
  private static final long PATIENCE_MILLIS = 700;

  private final EngineParts parts;
  private final ApprovalReasons reasons;

  ApprovalWaits(EngineParts parts, ApprovalReasons reasons) {
    this.parts = parts;
    this.reasons = reasons;
  }

  /** Who has to approve the job, for people. */
  static Wait of(String jobId, Party party, long since) {
    return of(jobId, party, since, "");
  }

  /**
   * The same, with what asks for it.
   *
   * @param reason may be empty
   */
  private static Wait of(String jobId, Party party, long since, String reason) {
    return Wait.ofJob(
        jobId,
        Cause.APPROVAL_PENDING,
        party,
        since,
        party
            + " has to approve the job before it may run"
            + (reason.isEmpty() ? "" : ": " + reason + " asks for it"),
        "ask whoever decides for " + party + " to approve it, or stop the job");
  }

  /** The reasons, in which others' missing approvals stand in the place of their missing slots. */
  CompletionStage<List<Wait>> asked(List<Wait> waits) {
    List<CompletableFuture<Wait>> answers = new ArrayList<>();
    for (Wait wait : waits) {
      boolean elsewhere =
          wait.cause() == Cause.NO_SLOTS
              && wait.component().isEmpty()
              && wait.party() != null
              && !parts.here().test(wait.party());
      boolean ours =
          wait.cause() == Cause.APPROVAL_PENDING
              && wait.party() != null
              && parts.here().test(wait.party());
      answers.add(
          elsewhere ? ask(wait) : ours ? reasoned(wait) : CompletableFuture.completedFuture(wait));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<Wait> reasoned(Wait wait) {
    return reasons
        .of(wait.jobId(), wait.party())
        .thenApply(reason -> of(wait.jobId(), wait.party(), wait.since(), reason))
        .toCompletableFuture();
  }

  private CompletableFuture<Wait> ask(Wait wait) {
    CompletableFuture<Wait> answer = new CompletableFuture<>();
    Timers.Timer limit;
    try {
      limit = parts.timers().after(PATIENCE_MILLIS, () -> answer.complete(wait));
    } catch (RejectedExecutionException ended) {
      return CompletableFuture.completedFuture(wait);
    }
    Stages.start(
            () -> parts.link().ask(wait.party(), new PartyQuestion.CheckApproval(wait.jobId())))
        .whenComplete(
            (said, failed) -> {
              limit.cancel();
              answer.complete(
                  said instanceof PartyAnswer.Approval approval && approval.pending()
                      ? of(wait.jobId(), wait.party(), approval.since(), approval.reason())
                      : wait);
            });
    return answer;
  }
}
