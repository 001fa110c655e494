package io.fedflow;

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
  }

  private void seen(JobEvent event) {
    if (event.kind().equals("job.status") && event.party().equals(submitted.initiator())) {
      JobStatus.of(String.valueOf(event.details().get("status")))
          .filter(JobStatus::terminal)
          .ifPresent(
              status ->
                  completion.complete(
                      new Outcome(status, String.valueOf(event.details().get("cause")))));
    }
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
    return site.tracking()
        .jobs(JobQuery.of(submitted.jobId(), submitted.initiator()))
        .thenApply(rows -> rows.get(0).status());
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
