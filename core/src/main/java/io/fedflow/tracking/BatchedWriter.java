package io.fedflow.tracking;

import io.fedflow.data.Stages;
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
  private final List<CompletableFuture<Void>> flushes = new ArrayList<>();
  private boolean busy;
  private Throwable failure;

  BatchedWriter(Function<List<T>, CompletionStage<Void>> write) {
    this.write = write;
  }

  /** Adds items to the next batch. */
  void add(List<T> items) {
    synchronized (this) {
      waiting.addAll(items);
    }
    pump();
  }

  /** Completes when everything added so far is durable; fails if any batch failed. */
  CompletableFuture<Void> flush() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      flushes.add(done);
    }
    pump();
    return done;
  }

  private void pump() {
    List<T> batch = List.of();
    List<CompletableFuture<Void>> finished = List.of();
    Throwable why = null;
    synchronized (this) {
      if (busy) {
        return;
      }
      if (!waiting.isEmpty()) {
        batch = new ArrayList<>(waiting);
        waiting.clear();
        busy = true;
      } else {
        finished = new ArrayList<>(flushes);
        flushes.clear();
        why = failure;
      }
    }
    for (CompletableFuture<Void> flush : finished) {
      if (why == null) {
        flush.complete(null);
      } else {
        flush.completeExceptionally(why);
      }
    }
    if (!batch.isEmpty()) {
      List<T> written = batch;
      Stages.start(() -> write.apply(written))
          .whenComplete(
              (ok, failed) -> {
                synchronized (this) {
                  busy = false;
                  failure = failure == null ? failed : failure;
                }
                pump();
              });
    }
  }
}
