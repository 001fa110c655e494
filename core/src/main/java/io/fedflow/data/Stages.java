package io.fedflow.data;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Starts stages, waits for them on a thread that may block, and gives back the failure itself, not
 * its wrapper.
 */
public final class Stages {

  private Stages() {}

  /**
   * Waits for a stage.
   *
   * @throws RuntimeException the stage's own failure
   */
  public static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException wrapped) {
      Throwable cause = unwrap(wrapped);
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw wrapped;
    }
  }

  /** Starts a stage; what is thrown instead becomes its failure, and so does null. */
  public static <T> CompletionStage<T> start(Supplier<? extends CompletionStage<T>> step) {
    try {
      return Objects.requireNonNull(step.get(), "a step gave no stage");
    } catch (RuntimeException | Error thrown) {
      return CompletableFuture.failedStage(thrown);
    }
  }

  /** The failure inside any number of completion wrappers. */
  public static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }
}
