package io.fedflow.queue;

import io.fedflow.data.Stages;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.Timers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * One consumer of one job's events. Events go straight through while it keeps up; what comes while
 * it is busy is not held in memory, but read from the store again: a slow consumer costs a page at
 * most. Thread-safe; the consumer is called by one thread at a time, outside of any lock.
 */
final class EventFollower {

  /** How many events are in memory for one follower that lags. */
  static final int PAGE = 1_000;

  private static final System.Logger LOG = System.getLogger(EventFollower.class.getName());
  private static final long PAUSE_MILLIS = 200;

  private final String jobId;
  private final JobStore store;
  private final Timers timers;
  private final Consumer<JobEvent> consumer;

  /** The last event passed on; touched by whoever made the follower busy only. */
  private long last;

  /** The last event that is known to be stored. */
  private long stored;

  private boolean busy = true;
  private volatile boolean closed;

  EventFollower(
      String jobId, long after, JobStore store, Timers timers, Consumer<JobEvent> consumer) {
    this.jobId = jobId;
    this.last = after;
    this.stored = after;
    this.store = store;
    this.timers = timers;
    this.consumer = consumer;
  }

  /** Passes on what is stored by now; called once, before which nothing goes through. */
  void begin() {
    catchUp();
  }

  /** Takes events that were just stored, in order. */
  void offer(List<JobEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    boolean next;
    synchronized (this) {
      stored = Math.max(stored, events.get(events.size() - 1).sequence());
      if (busy || stored <= last) {
        return;
      }
      busy = true;
      next = events.get(0).sequence() <= last + 1;
    }
    if (next) {
      events.forEach(this::pass);
    }
    if (!rest()) {
      catchUp();
    }
  }

  void close() {
    closed = true;
  }

  /** Ends being busy, unless there is more. */
  private synchronized boolean rest() {
    busy = !closed && last < stored;
    return !busy;
  }

  /** Reads the store until it holds nothing new; a loop, so that many pages need no deep stack. */
  private void catchUp() {
    while (!closed) {
      long asOf = stored();
      CompletableFuture<List<JobEvent>> page =
          Stages.start(() -> store.events(jobId, last, PAGE)).toCompletableFuture();
      if (!page.isDone()) {
        page.whenComplete(
            (events, failed) -> {
              if (took(events, failed, asOf)) {
                catchUp();
              }
            });
        return;
      }
      if (page.isCompletedExceptionally()) {
        later();
        return;
      }
      if (!took(page.join(), null, asOf)) {
        return;
      }
    }
  }

  /** Passes a page on; true if there may be more. */
  private boolean took(List<JobEvent> page, Throwable failed, long asOf) {
    if (failed != null) {
      later();
      return false;
    }
    page.forEach(this::pass);
    if (page.size() < PAGE) {
      // What was stored before the read and is not there was cleaned.
      last = Math.max(last, asOf);
      return !rest();
    }
    return true;
  }

  /** To go on without the events that could not be read would lose them. */
  private void later() {
    try {
      timers.after(PAUSE_MILLIS, this::catchUp);
    } catch (RejectedExecutionException ended) {
      LOG.log(System.Logger.Level.DEBUG, () -> jobId + ": the site closes, nobody follows it");
    }
  }

  /** One consumer's trouble must not stop the job, or keep the event from the others. */
  private void pass(JobEvent event) {
    if (closed || event.sequence() <= last) {
      return;
    }
    last = event.sequence();
    try {
      consumer.accept(event);
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.WARNING, jobId + ": a follower of events failed", failed);
    }
  }

  private synchronized long stored() {
    return stored;
  }
}
