package io.fedflow.tracking;

import io.fedflow.data.Stages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Writes items in order, in batches as large as the store is slow: while one batch is on its way,
 * the next one gathers. Thread-safe.
 *
 * @param <T> the items
 */
final class BatchedWriter<T> {

  private final Function<List<T>, CompletionStage<Void>> write;
  private final List<T> waiting = new ArrayList<>();
  private final ArrayDeque<Flush> flushes = new ArrayDeque<>();
  private long added;
  private long over;
  private boolean busy;
  private Throwable failure;

  private record Flush(long upTo, CompletableFuture<Void> done) {}

  BatchedWriter(Function<List<T>, CompletionStage<Void>> write) {
    this.write = write;
  }

  /** Adds items to the next batch. */
  void add(List<T> items) {
    synchronized (this) {
      waiting.addAll(items);
      added += items.size();
    }
    pump();
  }

  /**
   * Completes when everything added so far is durable, whatever is added meanwhile; fails if any
   * batch failed.
   */
  CompletableFuture<Void> flush() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      flushes.add(new Flush(added, done));
    }
    pump();
    return done;
  }

  private void pump() {
    List<Flush> finished = new ArrayList<>();
    List<T> batch;
    Throwable why;
    synchronized (this) {
      while (!flushes.isEmpty() && flushes.peek().upTo <= over) {
        finished.add(flushes.poll());
      }
      why = failure;
      batch = busy ? List.of() : new ArrayList<>(waiting);
      if (!batch.isEmpty()) {
        waiting.clear();
        busy = true;
      }
    }
    for (Flush flush : finished) {
      if (why == null) {
        flush.done.complete(null);
      } else {
        flush.done.completeExceptionally(why);
      }
    }
    if (!batch.isEmpty()) {
      Stages.start(() -> write.apply(batch))
          .whenComplete((ok, failed) -> written(batch.size(), failed));
    }
  }

  private void written(int count, Throwable failed) {
    synchronized (this) {
      busy = false;
      over += count;
      failure = failure == null ? failed : failure;
    }
    pump();
  }
}
