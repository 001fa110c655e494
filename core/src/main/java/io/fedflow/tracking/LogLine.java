package io.fedflow.tracking;

import io.fedflow.party.Party;

/**
 * One line of a job's log at one party.
 *
 * @param jobId the job
 * @param party whose log
 * @param component the task's component; empty for lines of the scheduler
 * @param number position in the log of this job and party, from 1
 * @param time epoch milliseconds
 * @param level how grave
 * @param text one line; at most 10,000 characters
 */
public record LogLine(
    String jobId, Party party, String component, long number, long time, Level level, String text) {

  private static final int MAX = 10_000;

  /** Shortens overlong texts. */
  public LogLine {
    if (text.length() > MAX) {
      text = text.substring(0, MAX) + "…";
    }
  }

  /** How grave a line is, least first. */
  public enum Level {
    /** For the person reading at night. */
    DEBUG,
    /** Lifecycle. */
    INFO,
    /** Degraded but survived. */
    WARNING,
    /** Gave up. */
    ERROR
  }
}
