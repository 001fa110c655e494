package io.fedflow.queue;

import io.fedflow.data.Stages;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Delivers the stored events of jobs to followers: what is stored first, then what comes, in order,
 * none twice, none lost. Thread-safe.
 */
public final class JobEventBus {

  private static final System.Logger LOG = System.getLogger(JobEventBus.class.getName());
  private static final int PAGE = 1_000;
  private static final long PAUSE_MILLIS = 200;

  private final JobStore store;
  private final Timers timers;
  private final Map<String, List<Follower>> followers = new ConcurrentHashMap<>();

  /**
   * A bus over the store that keeps the events.
   *
   * @param timers for the pause before a failed read is tried again
   */
  public JobEventBus(JobStore store, Timers timers) {
    this.store = store;
    this.timers = timers;
  }

  /** Passes events on that were just stored. */
  public void publish(String jobId, List<JobEvent> events) {
    followers.getOrDefault(jobId, List.of()).forEach(follower -> follower.offer(events));
  }

  /** Follows a job from a sequence on; see {@link QueueManager#follow}. */
  public AutoCloseable follow(String jobId, long after, Consumer<JobEvent> consumer) {
    Follower follower = new Follower(after, consumer);
    followers.compute(
        jobId,
        (id, list) -> {
          List<Follower> all = list == null ? new CopyOnWriteArrayList<>() : list;
          all.add(follower);
          return all;
        });
    replay(jobId, after, follower);
    return () ->
        followers.computeIfPresent(
            jobId,
            (id, list) -> {
              list.remove(follower);
              return list.isEmpty() ? null : list;
            });
  }

  private void replay(String jobId, long after, Follower follower) {
    Stages.start(() -> store.events(jobId, after, PAGE))
        .whenComplete(
            (page, failed) -> {
              if (failed != null) {
                // Going live without the stored events would lose some of them.
                later(jobId, after, follower);
              } else if (page.isEmpty()) {
                follower.live();
              } else {
                follower.deliver(page);
                replay(jobId, page.get(page.size() - 1).sequence(), follower);
              }
            });
  }

  private void later(String jobId, long after, Follower follower) {
    try {
      timers.after(
          PAUSE_MILLIS,
          () -> {
            if (followers.getOrDefault(jobId, List.of()).contains(follower)) {
              replay(jobId, after, follower);
            }
          });
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, () -> jobId + ": the site closes, nobody follows it");
    }
  }

  /** One consumer: holds new events back until the stored ones were delivered. */
  private static final class Follower {

    private final Consumer<JobEvent> consumer;
    private final List<JobEvent> held = new ArrayList<>();
    private long last;
    private boolean live;

    Follower(long after, Consumer<JobEvent> consumer) {
      this.last = after;
      this.consumer = consumer;
    }

    synchronized void offer(List<JobEvent> events) {
      if (live) {
        deliver(events);
      } else {
        held.addAll(events);
      }
    }

    synchronized void deliver(List<JobEvent> events) {
      for (JobEvent event : events) {
        if (event.sequence() > last) {
          last = event.sequence();
          pass(event);
        }
      }
    }

    /** One consumer's trouble must not stop the job, or keep the event from the others. */
    private void pass(JobEvent event) {
      try {
        consumer.accept(event);
      } catch (RuntimeException failed) {
        LOG.log(System.Logger.Level.WARNING, "a follower of events failed", failed);
      }
    }

    synchronized void live() {
      live = true;
      deliver(held);
      held.clear();
    }
  }
}
