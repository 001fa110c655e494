package io.fedflow;

import io.fedflow.job.JobStatus;
import io.fedflow.pipeline.PipelineManager.Submitted;
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

  /** Completes when the job ended, well or not, with its outcome. */
  CompletionStage<Outcome> completion();

  /** Ends the job as canceled at all parties; completes when the request is stored. */
  CompletionStage<Boolean> cancel();

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
