package io.fedflow.data;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Waits for a stage on a thread that may block, and gives back the failure itself, not its wrapper.
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

  /** The failure inside any number of completion wrappers. */
  public static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }
}
