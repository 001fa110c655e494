package io.fedflow.queue;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** First come, first served, at most so many jobs at once. Thread-safe. */
public final class AdmissionQueue {

  private static final System.Logger LOG = System.getLogger(AdmissionQueue.class.getName());

  private record Waiting(String jobId, Runnable admit, long since) {}

  private final int capacity;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Map<String, Long> running = new LinkedHashMap<>();
  private final InstantSource clock;
  private boolean paused;

  /**
   * An empty queue.
   *
   * @param capacity how many jobs may run at once; at least 1
   * @param clock tells since when jobs wait and run
   */
  public AdmissionQueue(int capacity, InstantSource clock) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: found " + capacity + ", allowed >= 1");
    }
    this.capacity = capacity;
    this.clock = clock;
  }

  /**
   * Puts a job into the line; {@code admit} is called once it may run. A job that is there already
   * stays where it is.
   */
  public void enter(String jobId, Runnable admit) {
    synchronized (this) {
      if (running.containsKey(jobId) || waiting.stream().anyMatch(w -> w.jobId.equals(jobId))) {
        return;
      }
      waiting.add(new Waiting(jobId, admit, clock.millis()));
    }
    admitNext();
  }

  /** Counts a job that was admitted by an earlier process, even beyond the capacity. */
  public synchronized void resume(String jobId) {
    running.put(jobId, clock.millis());
  }

  /** Takes a job out, whether it waits or runs. */
  public void leave(String jobId) {
    synchronized (this) {
      running.remove(jobId);
      waiting.removeIf(w -> w.jobId.equals(jobId));
    }
    admitNext();
  }

  /** Who waits, first in line first. */
  public synchronized List<String> waiting() {
    return waiting.stream().map(Waiting::jobId).toList();
  }

  /** Who runs, in order of admission. */
  public synchronized List<String> running() {
    return List.copyOf(running.keySet());
  }

  /** Admits nobody any more; who runs goes on. */
  public synchronized void pause() {
    paused = true;
  }

  /** Admits again; again is without effect. */
  public void resume() {
    synchronized (this) {
      paused = false;
    }
    admitNext();
  }

  /** Whether nobody is admitted. */
  public synchronized boolean paused() {
    return paused;
  }

  /** Why a job waits here; empty if it does not. Every job takes one slot. */
  public synchronized Optional<SlotWait> waitOf(String jobId) {
    int ahead = 0;
    for (Waiting next : waiting) {
      if (next.jobId.equals(jobId)) {
        return Optional.of(waitOf(next, ahead));
      }
      ahead++;
    }
    return Optional.empty();
  }

  private SlotWait waitOf(Waiting job, int ahead) {
    List<SlotView.Holder> holders =
        running.entrySet().stream()
            .map(e -> new SlotView.Holder(e.getKey(), 1, true, false, e.getValue()))
            .toList();
    SlotRank rank = new SlotRank(0, job.since, job.jobId);
    return new SlotWait(
        new SlotView.Waiter(job.jobId, rank, 1, Set.of(), 0, job.since),
        paused ? SlotWait.Reason.PAUSED : SlotWait.Reason.NO_ROOM,
        ahead,
        waiting.peek().jobId,
        capacity,
        Math.max(0, capacity - running.size()),
        holders);
  }

  /** How many may run at once. */
  public int capacity() {
    return capacity;
  }

  private void admitNext() {
    List<Runnable> admitted = new ArrayList<>();
    synchronized (this) {
      while (!paused && running.size() < capacity && !waiting.isEmpty()) {
        Waiting next = waiting.poll();
        running.put(next.jobId, clock.millis());
        admitted.add(next.admit);
      }
    }
    admitted.forEach(AdmissionQueue::call);
  }

  /** One job's trouble is not that of the next in line, or of the job that just left. */
  private static void call(Runnable admit) {
    try {
      admit.run();
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.ERROR, "an admitted job did not start", failed);
    }
  }
}
