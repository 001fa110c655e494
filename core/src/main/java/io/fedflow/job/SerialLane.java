package io.fedflow.job;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs asynchronous steps one after the other: the next begins when the stage of the one before
 * completed. Thread-safe; never blocks.
 */
final class SerialLane {

  private final Executor executor;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;

  SerialLane(Executor executor) {
    this.executor = executor;
  }

  /** Adds a step; the result completes with the step's own. */
  <T> CompletableFuture<T> run(Supplier<CompletionStage<T>> step) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable begin =
        () -> {
          CompletionStage<T> stage;
          try {
            stage = step.get();
          } catch (RuntimeException | Error failed) {
            stage = CompletableFuture.failedStage(failed);
          }
          stage.whenComplete(
              (value, failed) -> {
                // The lane moves on before the result is seen, so that a listener cannot hold it.
                next();
                if (failed == null) {
                  result.complete(value);
                } else {
                  result.completeExceptionally(io.fedflow.data.Stages.unwrap(failed));
                }
              });
        };
    synchronized (this) {
      if (busy) {
        waiting.add(begin);
        return result;
      }
      busy = true;
    }
    executor.execute(begin);
    return result;
  }

  private void next() {
    Runnable begin;
    synchronized (this) {
      begin = waiting.poll();
      busy = begin != null;
    }
    if (begin != null) {
      executor.execute(begin);
    }
  }
}
