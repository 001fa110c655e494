package io.fedflow.testkit.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for stages, with a bound. */
public final class Await {

  /** Seconds; far more than anything here takes, reached only by what hangs. */
  public static final long SECONDS = 60;

  private Await() {}

  /** The value of a stage that must not fail. */
  public static <T> T value(CompletionStage<T> stage) {
    assertThat(stage).as("A port never gives back null for a stage").isNotNull();
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
    try {
      stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof CompletionException wrapped && wrapped.getCause() != null) {
        cause = wrapped.getCause();
      }
      if (cause instanceof FedflowException known) {
        return known;
      }
      throw new AssertionError("failed outside our family: " + cause, cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    } catch (TimeoutException e) {
      throw new AssertionError("not completed after " + SECONDS + " s", e);
    }
    return fail("the stage completed, but must be refused");
  }

  /** The failures among many stages, all of which must end. */
  public static List<FedflowException> failures(List<? extends CompletionStage<?>> stages) {
    List<FedflowException> failures = new ArrayList<>();
    for (CompletionStage<?> stage : stages) {
      boolean failed =
          value(stage.handle((result, failure) -> failure != null).toCompletableFuture());
      if (failed) {
        failures.add(failure(stage));
      }
    }
    return failures;
  }
}
