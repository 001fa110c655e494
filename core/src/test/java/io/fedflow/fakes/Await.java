package io.fedflow.fakes;

import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for stages and conditions, always with a bound. */
public final class Await {

  private static final long SECONDS = 30;
  private static final long PAUSE_NANOS = 500_000;

  private Await() {}

  /** The value of a stage that must end well. */
  public static <T> T value(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the stage failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    } catch (TimeoutException e) {
      throw new AssertionError("not completed after " + SECONDS + " s", e);
    }
  }

  /** The failure of a stage that must fail with one of our family. */
  public static FedflowException failure(CompletionStage<?> stage) {
    Throwable failure =
        value(
            stage.handle(
                (ok, failed) ->
                    failed == null
                        ? new AssertionError("it ended well, with " + ok)
                        : Stages.unwrap(failed)));
    if (failure instanceof FedflowException known) {
      return known;
    }
    throw new AssertionError("found " + failure + ", expected a failure of our family", failure);
  }

  /** Waits until a condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("after " + SECONDS + " s it did not come true that " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
