package io.fedflow.benchmarks.engine;

import io.fedflow.spi.ForwardingJobStore;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A job store that tells of every turn once it is stored. Thread-safe if {@code stored} is. */
final class ObservedJobStore extends ForwardingJobStore {

  private final Consumer<StoreTurn> stored;

  /**
   * An observed store.
   *
   * @param store keeps the turns
   * @param stored gets them, on whatever thread they were acknowledged
   */
  ObservedJobStore(JobStore store, Consumer<StoreTurn> stored) {
    super(store);
    this.stored = stored;
  }

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    return real().commit(turn).thenRun(() -> stored.accept(turn));
  }
}
