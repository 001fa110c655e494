package io.fedflow.queue;

import io.fedflow.party.Party;
import java.util.List;
import java.util.Set;

/**
 * The slots of a site at one moment. Immutable. Times are epoch milliseconds.
 *
 * @param capacity how many slots there are
 * @param held how many are held; above {@code capacity} for a while after it was lowered
 * @param paused no slot is granted
 * @param holders who holds slots, in order of rank
 * @param waiters who waits in the line, first first
 */
public record SlotView(
    int capacity, int held, boolean paused, List<Holder> holders, List<Waiter> waiters) {

  /** Copies the lists. */
  public SlotView {
    holders = List.copyOf(holders);
    waiters = List.copyOf(waiters);
  }

  /** How many slots may be granted; never negative. */
  public int free() {
    return Math.max(0, capacity - held);
  }

  /**
   * A job that holds slots.
   *
   * @param jobId the job
   * @param slots how many
   * @param running it runs; otherwise it waits for slots of other sites
   * @param yieldAsked it was asked to return them
   * @param since since when it holds them, or runs
   */
  public record Holder(String jobId, int slots, boolean running, boolean yieldAsked, long since) {}

  /**
   * A job that asked for slots.
   *
   * @param jobId the job
   * @param rank its place in the line
   * @param slots how many it asks for
   * @param unapproved parties whose approval is to come before it is in the line; may be empty
   * @param passed how many were granted past it while it was the first and did not fit
   * @param since since when it waits
   */
  public record Waiter(
      String jobId, SlotRank rank, int slots, Set<Party> unapproved, int passed, long since) {

    /** Copies the set. */
    public Waiter {
      unapproved = Set.copyOf(unapproved);
    }
  }
}
