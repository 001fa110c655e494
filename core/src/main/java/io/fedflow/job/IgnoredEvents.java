package io.fedflow.job;

import java.util.ArrayDeque;
import java.util.List;

/**
 * What the machines of a site ignored, and why: late, repeated and stale words. They are harmless;
 * many of them tell of a sick network or peer. Thread-safe.
 */
public final class IgnoredEvents {

  private static final System.Logger LOG = System.getLogger(IgnoredEvents.class.getName());
  private static final int KEPT = 100;

  private final ArrayDeque<Ignored> recent = new ArrayDeque<>();
  private long count;

  /** None yet. */
  public IgnoredEvents() {}

  /**
   * An event that changed nothing.
   *
   * @param jobId whose
   * @param at the party whose machine ignored it, or {@code coordinator}
   * @param event what it was
   * @param because why it was ignored
   */
  public record Ignored(String jobId, String at, Object event, String because) {}

  void add(Ignored ignored) {
    LOG.log(
        System.Logger.Level.DEBUG,
        () ->
            ignored.jobId
                + ' '
                + ignored.at
                + " ignored "
                + ignored.event
                + ", because "
                + ignored.because);
    synchronized (this) {
      count++;
      recent.add(ignored);
      if (recent.size() > KEPT) {
        recent.poll();
      }
    }
  }

  /** How many since the site began. */
  public synchronized long count() {
    return count;
  }

  /** The last ones, at most a hundred, oldest first. */
  public synchronized List<Ignored> recent() {
    return List.copyOf(recent);
  }
}
