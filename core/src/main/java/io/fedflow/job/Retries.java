package io.fedflow.job;

import io.fedflow.dsl.JobSettings;
import io.fedflow.job.CoordinationRow.HeldTask;
import java.util.Optional;

/** Which attempt follows one that ended other than well. Pure. */
final class Retries {

  /** More losses in a row are no accident: the task itself ends the processes that run it. */
  static final int MOST_RESTARTS = 10;

  private Retries() {}

  /**
   * The next attempt: at once and for free if the last one was lost with its process, after the
   * job's delay if it failed or timed out and retries are left.
   *
   * @param ended the attempt that ended
   * @param lost whether it was lost
   * @return empty if the task ends with this attempt
   */
  static Optional<HeldTask> next(HeldTask ended, boolean lost, JobSettings settings, long now) {
    if (lost) {
      return ended.restarts() < MOST_RESTARTS
          ? Optional.of(ended.next(ended.retries(), ended.restarts() + 1, 0))
          : Optional.empty();
    }
    boolean again = ended.status() == TaskStatus.FAILED || ended.status() == TaskStatus.TIMEOUT;
    return again && ended.retries() < settings.autoRetries()
        ? Optional.of(
            ended.next(ended.retries() + 1, 0, now + settings.autoRetryDelay().toMillis()))
        : Optional.empty();
  }

  /** Why a task ended for good. */
  static String cause(HeldTask ended, boolean lost, String cause) {
    if (lost) {
      return cause + "; lost " + (ended.restarts() + 1) + " times in a row, not started again";
    }
    return ended.retries() == 0 ? cause : cause + "; after " + ended.retries() + " retries";
  }
}
