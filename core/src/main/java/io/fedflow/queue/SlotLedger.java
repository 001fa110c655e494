package io.fedflow.queue;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who holds the slots of one site, and who waits for them.
 *
 * <p>A job <em>declares</em> what each of its parties at this site needs, then its coordinator
 * <em>asks</em>; the site grants the sum of the declared demands, all or nothing, in order of
 * {@link SlotRank}. A job that fits may be granted past the first in the line that does not, but
 * after {@value #MOST_PASSED} such grants the free slots are kept for that first one: nobody
 * starves.
 *
 * <p>Jobs collect grants of several sites, so two could hold what the other waits for. Such a knot
 * is untied by rank (wound-wait): when the first in the line would fit if jobs of a lesser rank
 * that do not run yet returned their slots, these are asked to <em>yield</em>, and nothing is
 * granted past it meanwhile. The first of all waiting jobs is the first in the line wherever it
 * waits, so it gets everything; hence there is always one that goes on.
 *
 * <p>A coordinator that returned its slots asks again in the next <em>round</em>. Rounds tell late
 * messages from those in time: a grant is counted, and a return applied, only in its own round.
 *
 * <p>Thread-safe: every operation is one step; it calls nobody back but returns what is to be done.
 * It costs O(d log n), with n jobs and d different demands, d at most the capacity.
 */
public final class SlotLedger {

  /** How many jobs may be granted past the same first one. */
  public static final int MOST_PASSED = 64;

  /** How many jobs may wait at a site unless it is built otherwise. */
  public static final int DEFAULT_MOST_WAITING = 20_000;

  private final int mostWaiting;
  private final Map<String, SlotEntry> jobs = new HashMap<>();
  private final SlotLine line = new SlotLine();
  private final SlotHolders holders = new SlotHolders();
  private int capacity;
  private boolean paused;

  /**
   * A ledger without jobs.
   *
   * @param capacity the slots of the site; at least 1
   * @param mostWaiting how many jobs may be declared without holding slots; at least 1
   */
  public SlotLedger(int capacity, int mostWaiting) {
    this.capacity = positive("slots", capacity);
    this.mostWaiting = positive("waiting jobs", mostWaiting);
  }

  /**
   * Notes what a party of this site needs for a job that was created here. The same again is
   * without effect.
   *
   * @param slots at least 0
   * @throws FedflowException {@code slots.too_many} if the job then asks for more than the site
   *     has; {@code queue.full} if too many jobs wait; UNAVAILABLE {@code slots.held} while other
   *     parties of the job hold slots, those of its last run
   */
  public synchronized void declare(String jobId, Party party, int slots, long now) {
    if (slots < 0) {
      throw new IllegalArgumentException("slots: found " + slots + ", allowed 0 or more");
    }
    SlotEntry entry = jobs.get(jobId);
    int known = entry == null ? 0 : entry.demands.getOrDefault(party, -1);
    if (entry != null && known == slots) {
      return;
    }
    if (entry != null && entry.holds()) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "slots.held",
          "job "
              + jobId
              + " holds slots at this site for "
              + new TreeSet<>(entry.demands.keySet())
              + "; "
              + party
              + " can join when these have ended");
    }
    if (entry == null && jobs.size() - holders.size() >= mostWaiting) {
      throw exhausted(
          "queue.full",
          "job "
              + jobId
              + ": "
              + (jobs.size() - holders.size())
              + " jobs wait at this site, allowed "
              + mostWaiting
              + "; submit it again when some have run");
    }
    int asked = slots + (entry == null ? 0 : entry.demand - Math.max(known, 0));
    if (asked > capacity) {
      throw exhausted(
          "slots.too_many",
          "job "
              + jobId
              + " asks for "
              + asked
              + " slots at the site of "
              + party
              + ", which has "
              + capacity
              + "; lower task_parallelism or give the site more slots");
    }
    put(entry == null ? added(jobId, now) : entry, party, slots);
  }

  /**
   * Ends a party's part in a job: its demand and its slots are gone. Again is without effect.
   *
   * @return who goes on
   */
  public synchronized SlotDecision undeclare(String jobId, Party party, long now) {
    SlotEntry entry = jobs.get(jobId);
    if (entry == null || !entry.demands.containsKey(party)) {
      return SlotDecision.ignore(party + " has no part in job " + jobId + " at this site");
    }
    leaveLine(entry);
    int slots = entry.demands.remove(party);
    entry.unapproved.remove(party);
    entry.demand -= slots;
    if (entry.holds()) {
      holders.lessen(slots);
    }
    if (entry.demands.isEmpty()) {
      jobs.remove(jobId);
      holders.remove(entry);
    } else {
      enterLine(entry);
    }
    return settle(now);
  }

  /** Forgets a job with all its parties. Again is without effect. */
  public synchronized SlotDecision forget(String jobId, long now) {
    SlotEntry entry = jobs.remove(jobId);
    if (entry == null) {
      return SlotDecision.ignore("job " + jobId + " has no part at this site");
    }
    leaveLine(entry);
    holders.remove(entry);
    return settle(now);
  }

  /** Keeps a declared job out of the line until a party's approval. */
  public synchronized void withhold(String jobId, Party party) {
    SlotEntry entry = declared(jobId);
    if (entry.demands.containsKey(party) && !entry.holds()) {
      leaveLine(entry);
      entry.unapproved.add(party);
    }
  }

  /** Lets a job into the line whose party's approval was awaited. */
  public synchronized SlotDecision approve(String jobId, Party party, long now) {
    SlotEntry entry = jobs.get(jobId);
    if (entry == null || !entry.unapproved.remove(party)) {
      return SlotDecision.ignore("job " + jobId + " needs no approval of " + party);
    }
    enterLine(entry);
    return settle(now);
  }

  /**
   * Asks for the slots of a job. Asking again is right whenever an answer may have been lost: a
   * grant is told again, and so is a yield.
   *
   * @param round 1 or more; greater after every return
   * @throws FedflowException {@code slots.undeclared} if no party of this site is in the job
   */
  public synchronized SlotDecision ask(SlotRank rank, int round, long now) {
    SlotEntry entry = declared(rank.jobId());
    if (round < entry.round) {
      return SlotDecision.ignore("round " + round + " is stale; current is " + entry.round);
    }
    boolean resumed = entry.round == 0;
    if (entry.state == SlotEntry.State.RUNNING
        || entry.state == SlotEntry.State.HOLDING && (round == entry.round || resumed)) {
      entry.round = round;
      return new SlotDecision(List.of(entry.grant(0, true)), List.of(), "");
    }
    // A job that asks in a later round has returned its slots, though the return is not here yet.
    takeBack(entry, now);
    leaveLine(entry);
    if (entry.state == SlotEntry.State.DECLARED) {
      entry.move(SlotEntry.State.WAITING, now);
    }
    entry.rank = rank;
    entry.round = round;
    enterLine(entry);
    if (line.first(capacity) == entry) {
      holders.askAnew();
    }
    return settle(now);
  }

  /**
   * Returns the slots of a job that does not run yet, and takes it out of the line.
   *
   * @param round the round in which it asked for them
   */
  public synchronized SlotDecision giveBack(String jobId, int round, long now) {
    SlotEntry entry = jobs.get(jobId);
    if (entry == null || entry.state == SlotEntry.State.DECLARED) {
      return SlotDecision.ignore("job " + jobId + " holds nothing and asks for nothing");
    }
    if (entry.state == SlotEntry.State.RUNNING) {
      return SlotDecision.ignore("job " + jobId + " runs; its slots return at its end");
    }
    if (round < entry.round) {
      return SlotDecision.ignore("round " + round + " is stale; current is " + entry.round);
    }
    entry.round = round;
    takeBack(entry, now);
    leaveLine(entry);
    entry.move(SlotEntry.State.DECLARED, now);
    return settle(now);
  }

  /** Whether a job holds the slots of a round of asking. */
  public synchronized boolean holds(String jobId, int round) {
    SlotEntry entry = jobs.get(jobId);
    return entry != null && entry.holds() && entry.round == round;
  }

  /** Notes that a job runs: its slots return at its end only. */
  public synchronized SlotDecision running(String jobId, long now) {
    SlotEntry entry = jobs.get(jobId);
    if (entry == null || entry.state != SlotEntry.State.HOLDING) {
      return SlotDecision.ignore("job " + jobId + " is not one that holds slots and waits");
    }
    holders.runs(entry);
    entry.move(SlotEntry.State.RUNNING, now);
    return settle(now);
  }

  /**
   * Notes that the coordinator of a job could not be asked to yield: nothing is kept free for a
   * return that may never come, until the one in need asks again.
   */
  public synchronized SlotDecision yieldFailed(String jobId, int round, long now) {
    SlotEntry entry = jobs.get(jobId);
    if (entry == null || entry.state != SlotEntry.State.HOLDING || entry.round != round) {
      return SlotDecision.ignore("job " + jobId + " is not to yield");
    }
    entry.deaf = true;
    return settle(now);
  }

  /**
   * Gives the site another number of slots. Jobs that hold more than that keep what they have; no
   * further slot is granted until enough returned.
   */
  public synchronized SlotDecision resize(int slots, long now) {
    capacity = positive("slots", slots);
    return settle(now);
  }

  /** Grants nothing any more; what is held stays. */
  public synchronized void pause() {
    paused = true;
  }

  /** Grants again. */
  public synchronized SlotDecision resume(long now) {
    paused = false;
    return settle(now);
  }

  /**
   * Takes over a party's stored part of an unfinished job, whatever the capacity is today. Called
   * for every part before the first question; {@link #restored} ends it.
   *
   * @param slots what it declared
   * @param granted its slots were granted
   * @param running the job runs
   * @param round the round of the grant; 0 if unknown, then the next one is taken for it
   * @param since since when it is as it is, epoch milliseconds
   */
  public synchronized void restore(
      SlotRank rank,
      Party party,
      int slots,
      boolean granted,
      boolean running,
      int round,
      long since) {
    SlotEntry entry = jobs.get(rank.jobId());
    boolean first = entry == null;
    if (first) {
      entry = added(rank.jobId(), since);
      entry.rank = rank;
    }
    put(entry, party, slots);
    entry.round = Math.max(entry.round, round);
    // Held is what all parts were granted: a crash may have kept some of the writes back.
    SlotEntry.State part =
        !granted
            ? SlotEntry.State.DECLARED
            : running ? SlotEntry.State.RUNNING : SlotEntry.State.HOLDING;
    if (first || part.compareTo(entry.state) < 0) {
      entry.move(part, since);
    }
  }

  /** Ends the restoring of stored parts. */
  public synchronized void restored() {
    for (SlotEntry entry : jobs.values()) {
      if (entry.holds() && !holders.contains(entry)) {
        holders.add(entry);
      }
    }
  }

  /** All slots of the site. */
  public synchronized int capacity() {
    return capacity;
  }

  /** Everything at one moment; the cost grows with the number of jobs. */
  public synchronized SlotView view() {
    List<SlotView.Waiter> waiters = new ArrayList<>();
    line.inOrder().forEach(entry -> waiters.add(waiter(entry)));
    jobs.values().stream()
        .filter(e -> e.state == SlotEntry.State.WAITING && !e.unapproved.isEmpty())
        .sorted(Comparator.comparing(e -> e.rank))
        .forEach(entry -> waiters.add(waiter(entry)));
    return new SlotView(capacity, holders.held(), paused, holders.view(), waiters);
  }

  /** Why a job waits for slots here; empty if it does not. */
  public synchronized Optional<SlotWait> waitOf(String jobId) {
    SlotEntry entry = jobs.get(jobId);
    if (entry == null || entry.state != SlotEntry.State.WAITING) {
      return Optional.empty();
    }
    SlotEntry first = line.first(Integer.MAX_VALUE);
    int free = Math.max(0, capacity - holders.held());
    return Optional.of(
        new SlotWait(
            waiter(entry),
            reason(entry, free),
            entry.unapproved.isEmpty() ? line.before(entry.rank) : 0,
            first == null ? "" : first.jobId,
            capacity,
            free,
            holders.view()));
  }

  private SlotWait.Reason reason(SlotEntry entry, int free) {
    if (!entry.unapproved.isEmpty()) {
      return SlotWait.Reason.UNAPPROVED;
    }
    if (entry.demand > capacity) {
      return SlotWait.Reason.TOO_WIDE;
    }
    if (paused) {
      return SlotWait.Reason.PAUSED;
    }
    return entry.demand > free ? SlotWait.Reason.NO_ROOM : SlotWait.Reason.RESERVED;
  }

  private static SlotView.Waiter waiter(SlotEntry e) {
    return new SlotView.Waiter(e.jobId, e.rank, e.demand, e.unapproved, e.passed, e.since);
  }

  /** Grants what can be granted, and finds who is in the way of the first that cannot. */
  private SlotDecision settle(long now) {
    List<SlotDecision.Grant> grants = new ArrayList<>();
    List<SlotDecision.Yield> yields = new ArrayList<>();
    for (SlotEntry next = next(yields); next != null; next = next(yields)) {
      leaveLine(next);
      long waited = now - next.since;
      next.move(SlotEntry.State.HOLDING, now);
      next.passed = 0;
      holders.add(next);
      grants.add(next.grant(waited, false));
    }
    return grants.isEmpty() && yields.isEmpty()
        ? SlotDecision.NONE
        : new SlotDecision(grants, yields, "");
  }

  /** Who is granted next; null if nobody is. */
  private SlotEntry next(List<SlotDecision.Yield> yields) {
    // One that asks for more than there are slots in all, since they became fewer, holds up nobody.
    SlotEntry first = paused ? null : line.first(capacity);
    int free = Math.max(0, capacity - holders.held());
    if (first == null || first.demand <= free) {
      return first;
    }
    if (holders.yieldTo(first, first.demand - (capacity - holders.held()), yields)
        || first.passed >= MOST_PASSED) {
      return line.first(0);
    }
    SlotEntry fits = line.first(free);
    if (fits != null && fits.demand > 0) {
      first.passed++;
    }
    return fits;
  }

  private SlotEntry added(String jobId, long now) {
    SlotEntry entry = new SlotEntry(jobId, now);
    jobs.put(jobId, entry);
    return entry;
  }

  private void put(SlotEntry entry, Party party, int slots) {
    leaveLine(entry);
    Integer before = entry.demands.put(party, slots);
    entry.demand += slots - (before == null ? 0 : before);
    enterLine(entry);
  }

  private void takeBack(SlotEntry entry, long now) {
    if (entry.state == SlotEntry.State.HOLDING) {
      holders.remove(entry);
      entry.move(SlotEntry.State.DECLARED, now);
    }
  }

  private void enterLine(SlotEntry entry) {
    if (inLine(entry)) {
      line.add(entry);
    }
  }

  private void leaveLine(SlotEntry entry) {
    if (inLine(entry)) {
      line.remove(entry);
    }
  }

  private static boolean inLine(SlotEntry entry) {
    return entry.state == SlotEntry.State.WAITING
        && entry.unapproved.isEmpty()
        && !entry.demands.isEmpty();
  }

  private SlotEntry declared(String jobId) {
    SlotEntry entry = jobs.get(jobId);
    if (entry == null) {
      throw FedflowException.invalid(
          "slots.undeclared",
          "job " + jobId + " has no part at this site, or it is over; it gets no slots here");
    }
    return entry;
  }

  private static FedflowException exhausted(String code, String message) {
    return new FedflowException(FailureKind.EXHAUSTED, code, message);
  }

  private static int positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": found " + value + ", allowed 1 or more");
    }
    return value;
  }
}
