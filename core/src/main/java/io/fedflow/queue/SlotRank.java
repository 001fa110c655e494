package io.fedflow.queue;

import java.util.Comparator;

/**
 * A job's place in the line for slots, the same at every site: the higher priority first, then the
 * older job, then the lesser id. Immutable; the natural order puts first in line first.
 *
 * @param priority the greater, the earlier; any integer
 * @param createTime when the job was submitted, epoch milliseconds of the coordinator's site
 * @param jobId the job
 */
public record SlotRank(int priority, long createTime, String jobId)
    implements Comparable<SlotRank> {

  private static final Comparator<SlotRank> ORDER =
      Comparator.comparingInt(SlotRank::priority)
          .reversed()
          .thenComparingLong(SlotRank::createTime)
          .thenComparing(SlotRank::jobId);

  @Override
  public int compareTo(SlotRank other) {
    return ORDER.compare(this, other);
  }

  /** Tells whether this job comes before another one in the line. */
  public boolean isBefore(SlotRank other) {
    return compareTo(other) < 0;
  }
}
