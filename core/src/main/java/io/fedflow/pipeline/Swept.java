package io.fedflow.pipeline;

import io.fedflow.spi.TrackingStore.Kind;
import java.util.List;
import java.util.Set;

/**
 * What was dropped because it was kept for too long. Immutable.
 *
 * @param dryRun whether nothing was dropped, only looked for
 * @param jobs the jobs that had something to drop, oldest first, at most {@value #MOST_JOBS}
 * @param more whether there are more
 */
public record Swept(boolean dryRun, List<Job> jobs, boolean more) {

  /** The most jobs that are cleaned at once. */
  public static final int MOST_JOBS = 10_000;

  /** Copies the list. */
  public Swept {
    jobs = List.copyOf(jobs);
  }

  /**
   * A job that had something to drop.
   *
   * @param jobId its id
   * @param ended when it ended, in milliseconds since 1970
   * @param kinds what is kept for too long
   * @param tables how many tables that is
   * @param bytes how large these are
   * @param kept why it was left all the same; empty if it was not
   */
  public record Job(
      String jobId, long ended, Set<Kind> kinds, int tables, long bytes, String kept) {

    /** Copies the set. */
    public Job {
      kinds = Set.copyOf(kinds);
    }
  }
}
