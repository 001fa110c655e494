package io.fedflow.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a job stands, at one party or as a whole. The legal moves are in {@link JobTransitions}.
 */
public enum JobStatus {
  /** Being created at the parties; never shown to its submitter. */
  READY(1),
  /** Created everywhere, in the queue. */
  WAITING(0),
  /** Admitted; its tasks start as their inputs are there. */
  RUNNING(2),
  /** Somebody stopped it. */
  CANCELED(3),
  /** It took longer than it may. */
  TIMEOUT(4),
  /** A task failed, or a party refused. */
  FAILED(5),
  /** Ended without executing. */
  PASS(6),
  /** Every task ended well. */
  SUCCESS(7);

  private final int level;

  JobStatus(int level) {
    this.level = level;
  }

  /** FATE's order of severity, low to high. */
  public int level() {
    return level;
  }

  /** Tells whether nothing follows by itself. */
  public boolean terminal() {
    return level >= CANCELED.level;
  }

  /** The text on the wire, lower-case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a text on the wire. */
  public static Optional<JobStatus> of(String text) {
    return Arrays.stream(values()).filter(s -> s.text().equals(text)).findFirst();
  }
}
