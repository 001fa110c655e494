package io.fedflow.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The processes of a site that share its stores, as one of them sees them: the one that opened the
 * stores which this belongs to. Each lives by a lease that it renews, and owns the jobs that it
 * works on. Whose lease ended can be fenced by another: from then on nothing that it writes is
 * stored, and its jobs go to others. Times are those of one clock, that of the stores.
 *
 * <p>Promises: I1 a claimed job belongs to who claimed it, again is without effect; I2 a job of an
 * instance that was not fenced and did not leave cannot be claimed by another, which learns the
 * owner instead; I3 an instance whose lease ended renews it as long as nobody fenced it; I4 who
 * takes gets each unfinished job of instances that ended exactly once, whoever else takes, and no
 * other job, and who adopts each without an owner; I5 a fenced instance, and one that left, stores
 * nothing any more: all its writes, and {@link #renew}, fail with CONFLICT {@value #FENCED}, even
 * if they were on their way; I6 an instance whose lease holds is not fenced; I7 the jobs of one
 * that left can be taken at once; I8 the first turn of a job makes its owner, and is refused with
 * CONFLICT {@value #OWNED} if the job is another's; I9 an ended job whose owner is gone can be
 * claimed, an unfinished one only taken; I10 who watches is told soon after another left, or left
 * unfinished jobs for others to take, as far as the way there is sound; and of each instance that
 * it fenced itself, once.
 *
 * <p>Before {@link #join} nothing of this counts: stores that only one process uses need no guard.
 * Stages fail with UNAVAILABLE or UNKNOWN while the stores cannot be reached. Thread-safe.
 */
public interface SiteInstances {

  /** The code of what a fenced instance is told. */
  String FENCED = "store.fenced";

  /** The code of what an instance is told that begins with a job of another. */
  String OWNED = "job.owned";

  /** Tells whether several processes may share the stores; if not, nothing else does anything. */
  boolean shared();

  /** The id of this instance, anew for all stores that are opened; 1..64 letters, digits, '-'. */
  String id();

  /**
   * Begins to count as an instance; called once, before anything is written.
   *
   * @param lease how long it counts after each renewal; at least 1 ms
   */
  CompletionStage<Void> join(Duration lease);

  /**
   * Tells this instance what it would otherwise learn at a later renewal, if at all. Called once,
   * before {@link #join}.
   */
  void watch(Watcher watcher);

  /** Is told news. Called on any thread; must not block, and what it throws is lost. */
  interface Watcher {

    /** Another instance ended, or took only some of what one left: there may be jobs to take. */
    void jobsLeft();

    /** This instance fenced another, and that is stored. */
    void fenced(String instanceId);
  }

  /** Begins the lease anew, even if it ended already. */
  CompletionStage<Renewed> renew();

  /**
   * A renewal.
   *
   * @param now the time of the stores, in milliseconds since 1970
   * @param heirless whether another instance ended, or let its lease end, and jobs may be to take
   * @param nextEnd when the next lease of another instance ends that nobody renews, after {@code
   *     now}; {@link Long#MAX_VALUE} if there is none
   */
  record Renewed(long now, boolean heirless, long nextEnd) {}

  /**
   * Takes over unfinished jobs of instances that ended: all of them, or some if they are many.
   *
   * @param fence whether those whose lease ended are fenced first
   * @return the ids of the jobs that are this instance's now and were not before, at most {@link
   *     #MOST_TAKEN}
   */
  CompletionStage<List<String>> take(boolean fence);

  /** The most jobs that one {@link #take} gives, so that several takers share many. */
  int MOST_TAKEN = 200;

  /** Takes over all unfinished jobs that never had an owner. */
  CompletionStage<List<String>> adopt();

  /**
   * Makes a job, which may be new, this instance's own if nobody has it who still lives.
   *
   * @return the id of the owner as it is then
   */
  CompletionStage<String> claim(String jobId);

  /** The id of the owner of a job; empty if there is none, or if it is gone. */
  CompletionStage<Optional<String>> owner(String jobId);

  /** Ends this instance in order: others may take its jobs at once, and it writes nothing more. */
  CompletionStage<Void> leave();
}
