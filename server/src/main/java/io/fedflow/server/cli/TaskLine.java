package io.fedflow.server.cli;

import java.time.Duration;

/**
 * What is known of one component of a followed job, over all its parties.
 *
 * @param component its name
 * @param status FATE's text
 * @param fraction how far the party furthest ahead is, 0..1
 * @param note a few words of the component
 * @param loss the last training loss; NaN before the first
 * @param started {@link System#nanoTime} of its start; 0 before
 * @param ended {@link System#nanoTime} of its end; 0 before
 */
record TaskLine(
    String component,
    String status,
    double fraction,
    String note,
    double loss,
    long started,
    long ended) {

  static TaskLine waiting(String component) {
    return new TaskLine(component, "waiting", 0, "", Double.NaN, 0, 0);
  }

  TaskLine status(String now, long nanos) {
    boolean starts = started == 0 && !now.equals("waiting");
    return new TaskLine(
        component,
        now,
        good(now) ? 1 : fraction,
        note,
        loss,
        starts ? nanos : started,
        over(now) ? nanos : 0);
  }

  TaskLine progress(double far, String words) {
    return new TaskLine(component, status, Math.max(fraction, far), words, loss, started, ended);
  }

  TaskLine loss(double value) {
    return new TaskLine(component, status, fraction, note, value, started, ended);
  }

  boolean over() {
    return over(status);
  }

  boolean good() {
    return good(status);
  }

  Duration elapsed(long nanos) {
    return started == 0 ? Duration.ZERO : Duration.ofNanos((ended == 0 ? nanos : ended) - started);
  }

  private static boolean over(String status) {
    return !status.equals("waiting") && !status.equals("running");
  }

  private static boolean good(String status) {
    return status.equals("success") || status.equals("pass");
  }
}
