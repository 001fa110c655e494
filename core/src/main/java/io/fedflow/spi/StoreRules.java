package io.fedflow.spi;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;

/** What every implementation of the store ports checks and refuses alike. */
public final class StoreRules {

  /** The most rows that one read gives. */
  public static final int MAX_ROWS = 100_000;

  /** The most events that one read gives. */
  public static final int MAX_EVENTS = 10_000;

  private StoreRules() {}

  /**
   * Checks the page of a read.
   *
   * @throws IllegalArgumentException if {@code offset} is negative or {@code limit} is not
   *     1..{@code most}
   */
  public static void checkPage(int offset, int limit, int most) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset: found " + offset + ", allowed 0 or more");
    }
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit: found " + limit + ", allowed 1.." + most);
    }
  }

  /**
   * Checks that all rows of a turn are of its job.
   *
   * @throws IllegalArgumentException if one is of another job
   */
  public static void checkTurn(StoreTurn turn) {
    turn.jobs().forEach(row -> checkJob(turn, row.jobId()));
    turn.tasks().forEach(row -> checkJob(turn, row.task().jobId()));
    turn.coordination().ifPresent(row -> checkJob(turn, row.jobId()));
    turn.events().forEach(event -> checkJob(turn, event.jobId()));
    turn.lines().forEach(line -> checkJob(turn, line.jobId()));
  }

  /** The refusal of a row with a stale revision (J3). */
  public static FedflowException stale(JobRow row) {
    return stale("job " + row.jobId() + " at " + row.party(), row.revision());
  }

  /** The refusal of a row with a stale revision (J3). */
  public static FedflowException stale(TaskRow row) {
    return stale("task " + row.task() + " at " + row.party(), row.revision());
  }

  /** The refusal of a row with a stale revision (J3). */
  public static FedflowException stale(CoordinationRow row) {
    return stale("coordination of job " + row.jobId(), row.revision());
  }

  /** The refusal of an event whose sequence exists (J7). */
  public static FedflowException taken(JobEvent event) {
    return conflict(
        "event "
            + event.sequence()
            + " of job "
            + event.jobId()
            + " is stored already; read the job again and decide again");
  }

  /** The refusal of whatever a fenced instance writes (I5). */
  public static FedflowException fenced(String instanceId) {
    return new FedflowException(
        FailureKind.CONFLICT,
        SiteInstances.FENCED,
        "this server, instance "
            + instanceId
            + ", does not count any more: it left, or another one took over its jobs after its"
            + " lease had ended; nothing that it writes is stored, start it anew");
  }

  /** The refusal of the first turn of a job that another instance owns (I8). */
  public static FedflowException owned(String jobId) {
    return new FedflowException(
        FailureKind.CONFLICT,
        SiteInstances.OWNED,
        "job " + jobId + " belongs to another server of this site; ask that one");
  }

  /** The refusal of a blob that is not there (B3). */
  public static FedflowException unknownBlob(String key) {
    return FedflowException.invalid(
        "blob.unknown", "blob " + key + " is not stored here, or was deleted");
  }

  private static FedflowException stale(String subject, long revision) {
    return conflict(
        subject
            + ": written as revision "
            + revision
            + ", but the stored one is not "
            + (revision - 1)
            + "; read it again and decide again");
  }

  private static FedflowException conflict(String message) {
    return new FedflowException(FailureKind.CONFLICT, "store.revision", message);
  }

  private static void checkJob(StoreTurn turn, String jobId) {
    if (!turn.jobId().equals(jobId)) {
      throw new IllegalArgumentException(
          "turn of job " + turn.jobId() + ": found a row of job " + jobId);
    }
  }
}
