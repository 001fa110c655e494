package io.fedflow.testkit.sim;

import io.fedflow.spi.ForwardingJobStore;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A job store that shows every turn that it really stored. */
final class WatchedJobStore extends ForwardingJobStore {

  private final Consumer<StoreTurn> stored;

  /**
   * A watched store.
   *
   * @param store where turns go; answers at once
   * @param stored is shown them
   */
  WatchedJobStore(JobStore store, Consumer<StoreTurn> stored) {
    super(store);
    this.stored = stored;
  }

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    return real()
        .commit(turn)
        .whenComplete(
            (ok, failed) -> {
              if (failed == null) {
                stored.accept(turn);
              }
            });
  }
}
