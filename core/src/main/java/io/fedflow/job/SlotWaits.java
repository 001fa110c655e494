package io.fedflow.job;

import io.fedflow.job.Wait.Cause;
import io.fedflow.party.Party;
import io.fedflow.queue.SlotView;
import io.fedflow.queue.SlotWait;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why a job waits in the line of a site, for people. Pure. */
final class SlotWaits {

  /** A longer list of holders helps nobody. */
  private static final int MOST_NAMED = 8;

  private SlotWaits() {}

  /**
   * What keeps the job.
   *
   * @param here a party of the site
   */
  static List<Wait> of(SlotWait wait, Party here) {
    if (wait.reason() == SlotWait.Reason.UNAPPROVED) {
      return unapproved(wait);
    }
    Cause cause = wait.reason() == SlotWait.Reason.PAUSED ? Cause.PAUSED : Cause.NO_SLOTS;
    SlotView.Waiter waiter = wait.waiter();
    return List.of(
        Wait.ofJob(
            waiter.jobId(), cause, here, waiter.since(), text(wait, here), remedy(wait, here)));
  }

  private static List<Wait> unapproved(SlotWait wait) {
    List<Wait> all = new ArrayList<>();
    SlotView.Waiter waiter = wait.waiter();
    waiter.unapproved().stream()
        .sorted()
        .forEach(party -> all.add(ApprovalWaits.of(waiter.jobId(), party, waiter.since())));
    return all;
  }

  private static String text(SlotWait wait, Party here) {
    int slots = wait.waiter().slots();
    return switch (wait.reason()) {
      case PAUSED -> "the site of " + here + " is paused and lets no further job run";
      case TOO_WIDE ->
          "asks for " + slots + " slots at the site of " + here + ", which has " + wait.capacity();
      case RESERVED ->
          "the free slots at the site of "
              + here
              + " are kept for job "
              + wait.firstJob()
              + ", which is the first in the line";
      default ->
          "asks for "
              + slots
              + (slots == 1 ? " slot" : " slots")
              + " at the site of "
              + here
              + "; "
              + wait.free()
              + " of "
              + wait.capacity()
              + " are free, held by "
              + holders(wait.holders())
              + "; "
              + wait.ahead()
              + " jobs come before it";
    };
  }

  private static String holders(List<SlotView.Holder> holders) {
    String named =
        holders.stream()
            .limit(MOST_NAMED)
            .map(holder -> holder.jobId() + " (" + holder.slots() + ')')
            .collect(Collectors.joining(", "));
    int more = holders.size() - MOST_NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }

  private static String remedy(SlotWait wait, Party here) {
    return switch (wait.reason()) {
      case PAUSED -> "resume the queue of the site of " + here;
      case TOO_WIDE -> "give the site more slots, or stop the job and lower its task_parallelism";
      case RESERVED -> "wait until job " + wait.firstJob() + " has run, or stop that job";
      default -> "wait until one of them ends, stop one of them, or give the site more slots";
    };
  }
}
