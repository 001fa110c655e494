package io.fedflow.job;

import static io.fedflow.job.JobStatus.CANCELED;
import static io.fedflow.job.JobStatus.FAILED;
import static io.fedflow.job.JobStatus.READY;
import static io.fedflow.job.JobStatus.RUNNING;
import static io.fedflow.job.JobStatus.SUCCESS;
import static io.fedflow.job.JobStatus.TIMEOUT;
import static io.fedflow.job.JobStatus.WAITING;

/** The transition table of jobs. */
public final class JobTransitions {

  /** Which status may follow which. */
  public static final Transitions<JobStatus> TABLE =
      Transitions.of(JobStatus.class, JobStatus::terminal)
          .on(READY, WAITING, CANCELED, FAILED)
          .on(WAITING, RUNNING, CANCELED, TIMEOUT, FAILED)
          .on(RUNNING, CANCELED, TIMEOUT, FAILED, SUCCESS)
          .onRerun(CANCELED, WAITING)
          .onRerun(TIMEOUT, WAITING)
          .onRerun(FAILED, WAITING)
          .onRerun(SUCCESS, WAITING)
          .build();

  private JobTransitions() {}
}
