package io.fedflow.server;

import io.vertx.core.Future;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for asynchronous parts while a server starts or ends; never on an event loop. */
final class Await {

  /** No single step of a start or an end takes longer unless something hangs. */
  private static final long LONGEST_SECONDS = 60;

  private Await() {}

  static <T> T result(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer within " + LONGEST_SECONDS + " s", e);
    }
  }

  static <T> T result(Future<T> future) throws Exception {
    return result(future.toCompletionStage());
  }
}
