package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * A request that was sent: to be chained, or to be waited for. It goes on whether anybody waits or
 * not. Thread-safe.
 *
 * @param <T> what comes back
 */
public final class Pending<T> {

  private final CompletionStage<T> stage;

  Pending(CompletionStage<T> stage) {
    this.stage = stage;
  }

  /** A request that failed before anything was sent. */
  static <T> Pending<T> failed(FedflowException failure) {
    return new Pending<>(CompletableFuture.failedFuture(failure));
  }

  /** Completes with what comes back; fails with a {@link FedflowException}. */
  public CompletionStage<T> stage() {
    return stage;
  }

  /**
   * Waits for what comes back; not to be used on an event loop.
   *
   * @throws FedflowException what kept it from coming back
   */
  public T await() throws InterruptedException {
    return await(stage);
  }

  /** What becomes of what comes back; a failure stays. */
  public <R> Pending<R> map(Function<? super T, ? extends R> then) {
    return new Pending<>(stage.thenApply(then));
  }

  static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      Throwable cause = ClientFailures.unwrap(e.getCause());
      if (cause instanceof FedflowException failure) {
        throw failure;
      }
      throw new IllegalStateException("the client broke its promise", cause);
    }
  }
}
