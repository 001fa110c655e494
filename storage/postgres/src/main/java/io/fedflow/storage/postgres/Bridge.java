package io.fedflow.storage.postgres;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** The only crossing between Vert.x futures, stages and waiting threads. */
final class Bridge {

  private Bridge() {}

  /** A stage that its receiver cannot complete; fails with one of our failures. */
  static <T> CompletionStage<T> toStage(Future<T> future) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    future.onComplete(
        (value, failure) -> {
          if (failure == null) {
            stage.complete(value);
          } else {
            stage.completeExceptionally(Failures.of(unwrap(failure)));
          }
        });
    return stage.minimalCompletionStage();
  }

  /**
   * Waits on the calling thread.
   *
   * @throws IllegalStateException on an event loop, which must never wait
   */
  static <T> T await(Future<T> future) throws IOException {
    checkMayWait();
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw Failures.of(unwrap(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the database");
    }
  }

  static void checkMayWait() {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "blobs wait for the database, which an event loop must not do; call from a worker"
              + " thread, for example with vertx.executeBlocking");
    }
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
