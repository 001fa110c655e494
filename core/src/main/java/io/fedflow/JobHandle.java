package io.fedflow;

import io.fedflow.job.JobStatus;
import io.fedflow.pipeline.PipelineManager.Submitted;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A submitted job. Thread-safe. */
public interface JobHandle {

  /** What was accepted. */
  Submitted submitted();

  /** The job's id. */
  default String jobId() {
    return submitted().jobId();
  }

  /** Where the job stands at its initiator. */
  CompletionStage<JobStatus> status();

  /**
   * Completes when the job ended, well or not, with its outcome; every party of this site has
   * stored it then. Fails with {@code site.closed} if this site was closed before, or with the
   * store's failure if the job's state could not be stored; the site then fails the job when it is
   * started again.
   */
  CompletionStage<Outcome> completion();

  /** Ends the job as canceled at all parties; completes when the request is stored. */
  CompletionStage<Boolean> cancel();

  /**
   * Runs the job again; see {@link io.fedflow.pipeline.PipelineManager#rerun}.
   *
   * @return a handle of the new run
   */
  CompletionStage<JobHandle> rerun(List<String> components, boolean force);

  /**
   * How a job ended.
   *
   * @param status a terminal status
   * @param cause why, unless well
   */
  record Outcome(JobStatus status, String cause) {

    /** Tells whether the job ended well. */
    public boolean good() {
      return status == JobStatus.SUCCESS || status == JobStatus.PASS;
    }
  }
}
