package io.fedflow.testkit.sim;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Calls of stores that are at once, but for blocking work, which they let wait or fail. */
final class SlowCalls {

  private SlowCalls() {}

  /** Asks a disk that answers at once. */
  static <T> CompletionStage<T> of(Life life, Weather weather, Supplier<CompletionStage<T>> disk) {
    if (!Strand.isHere()) {
      return disk.get();
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    if (life.calls()) {
      boolean down = weather.storeDown();
      life.after(
          weather.storeMillis(),
          () -> {
            if (down) {
              done.completeExceptionally(FaultyJobStore.unavailable());
            } else {
              disk.get().thenAccept(done::complete);
            }
          });
    }
    return Strand.settled(done.minimalCompletionStage());
  }
}
