package io.fedflow.queue;

import io.fedflow.spi.JobStore;
import io.fedflow.spi.Timers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Delivers the stored events of jobs to followers: what is stored first, then what comes, in order,
 * none twice, none lost. Holds no event for a follower that lags: that one reads the store again.
 * Thread-safe.
 */
public final class JobEventBus {

  private final JobStore store;
  private final Timers timers;
  private final Map<String, List<EventFollower>> followers = new ConcurrentHashMap<>();

  /**
   * A bus over the store that keeps the events.
   *
   * @param timers for the pause before a failed read is tried again
   */
  public JobEventBus(JobStore store, Timers timers) {
    this.store = store;
    this.timers = timers;
  }

  /** Passes events on that were just stored; those of one job in the order of their sequence. */
  public void publish(String jobId, List<JobEvent> events) {
    followers.getOrDefault(jobId, List.of()).forEach(follower -> follower.offer(events));
  }

  /** Follows a job from a sequence on; see {@link QueueManager#follow}. */
  public AutoCloseable follow(String jobId, long after, Consumer<JobEvent> consumer) {
    EventFollower follower = new EventFollower(jobId, after, store, timers, consumer);
    followers.compute(
        jobId,
        (id, list) -> {
          List<EventFollower> all = list == null ? new CopyOnWriteArrayList<>() : list;
          all.add(follower);
          return all;
        });
    follower.begin();
    return () -> {
      follower.close();
      followers.computeIfPresent(
          jobId,
          (id, list) -> {
            list.remove(follower);
            return list.isEmpty() ? null : list;
          });
    };
  }
}
