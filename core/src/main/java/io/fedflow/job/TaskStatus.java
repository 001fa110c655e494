package io.fedflow.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a task stands, at one party or over all its parties. The legal moves are in {@link
 * TaskTransitions}.
 */
public enum TaskStatus {
  /** Its inputs are not there yet, or nobody started it. */
  WAITING(0),
  /** Started. */
  RUNNING(2),
  /** Somebody stopped it, or a task beside it failed. */
  CANCELED(3),
  /** It took longer than it may. */
  TIMEOUT(4),
  /** It threw, or a peer did. */
  FAILED(5),
  /** Ended without executing, by {@code need_run: false}; counts as success. */
  PASS(6),
  /** Ended well; its outputs are stored. */
  SUCCESS(7);

  private final int level;

  TaskStatus(int level) {
    this.level = level;
  }

  /** FATE's order of severity, low to high. */
  public int level() {
    return level;
  }

  /** Tells whether this attempt is over. */
  public boolean terminal() {
    return level >= CANCELED.level;
  }

  /** Tells whether downstream tasks may start. */
  public boolean good() {
    return this == SUCCESS || this == PASS;
  }

  /** The text on the wire, lower-case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a text on the wire. */
  public static Optional<TaskStatus> of(String text) {
    return Arrays.stream(values()).filter(s -> s.text().equals(text)).findFirst();
  }

  /** The job status of the same name. */
  public JobStatus asJobStatus() {
    return JobStatus.valueOf(name());
  }
}
