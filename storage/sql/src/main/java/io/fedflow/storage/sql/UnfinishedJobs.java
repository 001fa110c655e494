package io.fedflow.storage.sql;

import io.fedflow.job.JobStatus;
import java.util.Arrays;

/** How the jobs that have not ended are selected. */
public final class UnfinishedJobs {

  private static final String LIVE =
      "status IN "
          + Where.literals(Arrays.stream(JobStatus.values()).filter(status -> !status.terminal()));

  /** Selects their ids, each once. */
  public static final String IDS =
      "SELECT job_id FROM job_view WHERE "
          + LIVE
          + " UNION SELECT job_id FROM coordination WHERE "
          + LIVE;

  private UnfinishedJobs() {}

  /**
   * A condition on one job.
   *
   * @param id an expression of SQL that gives its id
   */
  public static String isOne(String id) {
    return "(EXISTS (SELECT 1 FROM job_view WHERE job_id = "
        + id
        + " AND "
        + LIVE
        + ") OR EXISTS (SELECT 1 FROM coordination WHERE job_id = "
        + id
        + " AND "
        + LIVE
        + "))";
  }
}
