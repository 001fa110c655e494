package io.fedflow.transport.http.fake;

import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.queue.QueueManager;
import io.fedflow.queue.SlotRank;
import io.fedflow.queue.SlotView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Stored and live events of all jobs. */
public final class FakeQueue implements QueueManager {

  private final List<JobEvent> stored = new ArrayList<>();
  public final List<Consumer<JobEvent>> followers = new CopyOnWriteArrayList<>();

  private volatile boolean paused;
  private volatile int capacity = 3;
  public final List<String> cleaned = new CopyOnWriteArrayList<>();

  /** Stores an event and tells the followers. */
  public synchronized void emit(JobEvent event) {
    stored.add(event);
    followers.forEach(follower -> follower.accept(event));
  }

  @Override
  public List<String> waiting() {
    return List.of("w1");
  }

  @Override
  public List<String> running() {
    return List.of();
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public boolean paused() {
    return paused;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public SlotView slots() {
    return new SlotView(
        capacity,
        2,
        paused,
        List.of(new SlotView.Holder("r1", 2, true, false, 5)),
        List.of(new SlotView.Waiter("w1", new SlotRank(7, 11, "w1"), 3, Set.<Party>of(), 0, 12)));
  }

  @Override
  public void resize(int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots: found " + slots + ", allowed 1 or more");
    }
    capacity = slots;
  }

  @Override
  public synchronized CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    return CompletableFuture.completedFuture(
        stored.stream()
            .filter(e -> e.jobId().equals(jobId) && e.sequence() > after)
            .limit(limit)
            .toList());
  }

  @Override
  public synchronized CompletionStage<Void> clean(String jobId) {
    cleaned.add(jobId);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Map<String, String>> cancelWaiting(String by) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    outcomes.put("w1", "");
    outcomes.put("w2", "it ended meanwhile");
    return CompletableFuture.completedFuture(outcomes);
  }

  @Override
  public synchronized AutoCloseable follow(String jobId, long after, Consumer<JobEvent> consumer) {
    Consumer<JobEvent> mine =
        event -> {
          if (event.jobId().equals(jobId) && event.sequence() > after) {
            consumer.accept(event);
          }
        };
    stored.forEach(mine);
    followers.add(mine);
    return () -> followers.remove(mine);
  }
}
