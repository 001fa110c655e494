package io.fedflow.queue;

import java.util.List;

/**
 * Why one job waits for the slots of a site, at one moment. Immutable.
 *
 * @param waiter the job
 * @param reason what keeps the slots from it
 * @param ahead how many come before it in the line; 0 for a job that is not in the line
 * @param firstJob the first in the line; empty if nobody is in it
 * @param capacity how many slots the site has
 * @param free how many are free; never negative
 * @param holders who holds slots, in order of rank
 */
public record SlotWait(
    SlotView.Waiter waiter,
    Reason reason,
    int ahead,
    String firstJob,
    int capacity,
    int free,
    List<SlotView.Holder> holders) {

  /** Copies the list. */
  public SlotWait {
    holders = List.copyOf(holders);
  }

  /** What keeps slots from a job. */
  public enum Reason {
    /** The site grants nothing until it is resumed. */
    PAUSED,
    /** Somebody has to approve the job first. */
    UNAPPROVED,
    /** The site was given fewer slots than the job asks for. */
    TOO_WIDE,
    /** Fewer slots are free than the job asks for. */
    NO_ROOM,
    /** The free slots are kept for the first in the line. */
    RESERVED
  }
}
