package io.fedflow;

import io.fedflow.data.Stages;
import io.fedflow.job.JobEngine;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.pipeline.PipelineManager.Submitted;
import io.fedflow.spi.JobQuery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The handle of a job that this site coordinates. It completes once the engine let go of the job:
 * then every party of this site has stored its end. Nothing is polled.
 */
final class SubmittedJob implements JobHandle {

  private final Submitted submitted;
  private final Fedflow site;
  private final CompletionStage<Outcome> completion;

  SubmittedJob(JobEngine.Begun begun, Fedflow site) {
    this.submitted = begun.submitted();
    this.site = site;
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    // Off the engine's threads: what the submitter does then may block.
    begun
        .gone()
        .thenCompose(gone -> row())
        .whenCompleteAsync((row, failed) -> end(outcome, row, failed));
    this.completion = outcome.minimalCompletionStage();
  }

  private static void end(CompletableFuture<Outcome> outcome, JobRow row, Throwable failed) {
    if (failed == null) {
      outcome.complete(new Outcome(row.status(), row.cause()));
    } else {
      outcome.completeExceptionally(Stages.unwrap(failed));
    }
  }

  private CompletionStage<JobRow> row() {
    return site.tracking()
        .jobs(JobQuery.of(submitted.jobId(), submitted.initiator()))
        .thenApply(rows -> rows.get(0));
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
    return completion;
  }

  @Override
  public CompletionStage<Boolean> cancel() {
    return site.pipelines().stop(submitted.jobId(), "its submitter");
  }

  @Override
  public CompletionStage<JobHandle> rerun(List<String> components, boolean force) {
    return site.pipelines()
        .rerun(submitted.jobId(), components, force, "its submitter")
        .whenCompleteAsync((ok, failed) -> {})
        .thenApply(
            accepted ->
                new SubmittedJob(
                    new JobEngine.Begun(submitted, site.engine().gone(submitted.jobId())), site));
  }
}
