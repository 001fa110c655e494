package io.fedflow.testkit.sim;

import io.fedflow.spi.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/**
 * A clock that stands still until it is told to go on, with everything that is to be done on one
 * agenda: delays and, as delays of nothing, the work of an executor. What is due at the same moment
 * is done in an order drawn from the seed. For one thread.
 */
public final class ManualTime implements InstantSource, Timers {

  private static final Comparator<Entry> ORDER =
      Comparator.<Entry>comparingLong(entry -> entry.due)
          .thenComparingInt(entry -> entry.tie)
          .thenComparingLong(entry -> entry.number);

  private final PriorityQueue<Entry> agenda = new PriorityQueue<>(ORDER);
  private final SplittableRandom ties;
  private long now;
  private long entered;
  private int pending;

  /**
   * Time with an empty agenda.
   *
   * @param start the first moment, to the millisecond
   * @param seed decides the order of what is due at the same moment
   */
  public ManualTime(Instant start, long seed) {
    this.now = start.toEpochMilli();
    this.ties = new SplittableRandom(seed);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public Timer after(long millis, Runnable work) {
    Entry entry = new Entry(now + Math.max(0, millis), ties.nextInt(), entered++, work);
    agenda.add(entry);
    pending++;
    return () -> {
      if (entry.work != null) {
        entry.work = null;
        pending--;
      }
    };
  }

  /** An executor whose work is done by {@link #step}. */
  public Executor executor() {
    return work -> after(0, work);
  }

  /**
   * Goes on to what is due next and does it.
   *
   * @return false if nothing is to be done
   */
  public boolean step() {
    Entry next = agenda.poll();
    while (next != null && next.work == null) {
      next = agenda.poll();
    }
    if (next == null) {
      return false;
    }
    now = Math.max(now, next.due);
    Runnable work = next.work;
    next.work = null;
    pending--;
    work.run();
    return true;
  }

  /** How much is still to be done. */
  public int pending() {
    return pending;
  }

  private static final class Entry {

    private final long due;
    private final int tie;
    private final long number;
    private Runnable work;

    private Entry(long due, int tie, long number, Runnable work) {
      this.due = due;
      this.tie = tie;
      this.number = number;
      this.work = work;
    }
  }
}
