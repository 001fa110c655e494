package io.fedflow.job;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;

/** Whether a site takes what it is asked for. Thread-safe. */
final class JobIntake {

  /** The code of {@link #siteClosed}. */
  static final String SITE_CLOSED = "site.closed";

  private final SiteHealth health;
  private volatile boolean closed;
  private volatile FedflowException leaving;

  JobIntake(SiteHealth health) {
    this.health = health;
  }

  /** Takes nothing any more. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** See {@link JobEngine#takeNoMoreJobs}. */
  void leave(String reason) {
    leaving =
        new FedflowException(
            FailureKind.UNAVAILABLE,
            "site.leaving",
            "this site takes no more jobs: " + reason + "; submit again when it is back");
  }

  /**
   * Refuses everything at a closed site.
   *
   * @throws FedflowException UNAVAILABLE {@value #SITE_CLOSED}
   */
  void requireOpen() {
    if (closed) {
      throw siteClosed();
    }
  }

  /**
   * Refuses what begins, or begins again, at a site that is leaving, failed or without its store.
   *
   * @throws FedflowException UNAVAILABLE
   */
  void requireTaking() {
    if (leaving != null) {
      throw leaving;
    }
    health
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    health
        .storeOutage()
        .ifPresent(
            outage -> {
              throw outage.refusal();
            });
  }

  /** The failure of whatever a closed site is asked for. */
  static FedflowException siteClosed() {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        SITE_CLOSED,
        "the site was closed; its live jobs are picked up when it is started again");
  }
}
