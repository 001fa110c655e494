package io.fedflow.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** First come, first served, at most so many jobs at once. Thread-safe. */
public final class AdmissionQueue {

  private static final System.Logger LOG = System.getLogger(AdmissionQueue.class.getName());

  private record Waiting(String jobId, Runnable admit) {}

  private final int capacity;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Map<String, Runnable> running = new LinkedHashMap<>();

  /**
   * An empty queue.
   *
   * @param capacity how many jobs may run at once; at least 1
   */
  public AdmissionQueue(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: found " + capacity + ", allowed >= 1");
    }
    this.capacity = capacity;
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
      waiting.add(new Waiting(jobId, admit));
    }
    admitNext();
  }

  /** Counts a job that was admitted by an earlier process, even beyond the capacity. */
  public synchronized void resume(String jobId) {
    running.put(jobId, () -> {});
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

  /** How many may run at once. */
  public int capacity() {
    return capacity;
  }

  private void admitNext() {
    List<Runnable> admitted = new ArrayList<>();
    synchronized (this) {
      while (running.size() < capacity && !waiting.isEmpty()) {
        Waiting next = waiting.poll();
        running.put(next.jobId, next.admit);
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
