package io.fedflow;

import io.fedflow.data.Stages;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.pipeline.PipelineManager.Submitted;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The handle of a job that this site coordinates: completion comes from the event queue, nothing is
 * polled.
 */
final class SubmittedJob implements JobHandle {

  private final Submitted submitted;
  private final Fedflow site;
  private final CompletableFuture<Outcome> completion = new CompletableFuture<>();

  SubmittedJob(Submitted submitted, Fedflow site) {
    this.submitted = submitted;
    this.site = site;
    AutoCloseable following = site.queue().follow(submitted.jobId(), 0, this::seen);
    completion.whenComplete((outcome, failed) -> end(following));
    site.engine().gone(submitted.jobId()).whenComplete((ok, failed) -> gone(failed));
  }

  private void seen(JobEvent event) {
    if (event.kind().equals("job.status") && event.party().equals(submitted.initiator())) {
      JobStatus.of(String.valueOf(event.details().get("status")))
          .filter(JobStatus::terminal)
          .ifPresent(
              status -> end(new Outcome(status, String.valueOf(event.details().get("cause")))));
    }
  }

  /** The engine let go of the job: its last event came, or never will. */
  private void gone(Throwable failed) {
    if (failed != null) {
      end(failed);
      return;
    }
    row()
        .whenComplete(
            (row, unread) -> {
              if (unread != null) {
                end(unread);
              } else if (row.status().terminal()) {
                end(new Outcome(row.status(), row.cause()));
              }
            });
  }

  /** Off the engine's threads: what the submitter does then may block. */
  private void end(Outcome outcome) {
    completion.completeAsync(() -> outcome);
  }

  private void end(Throwable failed) {
    CompletableFuture.runAsync(() -> completion.completeExceptionally(Stages.unwrap(failed)));
  }

  private CompletionStage<JobRow> row() {
    return site.tracking()
        .jobs(JobQuery.of(submitted.jobId(), submitted.initiator()))
        .thenApply(rows -> rows.get(0));
  }

  private static void end(AutoCloseable following) {
    try {
      following.close();
    } catch (Exception impossible) {
      throw new IllegalStateException("ending a follower does not fail", impossible);
    }
  }

  @Override
  public Submitted submitted() {
    return submitted;
  }

  @Override
  public CompletionStage<JobStatus> status() {
    return row().thenApply(JobRow::status);
  }

  @Override
  public CompletionStage<Outcome> completion() {
    return completion.minimalCompletionStage();
  }

  @Override
  public CompletionStage<Boolean> cancel() {
    return site.pipelines().stop(submitted.jobId(), "its submitter");
  }
}
