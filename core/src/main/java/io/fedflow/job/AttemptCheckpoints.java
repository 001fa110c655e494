package io.fedflow.job;

import io.fedflow.component.Checkpoint;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checkpoints of one attempt: reads the earlier one once, writes only while it is not fenced.
 * Thread-safe.
 */
final class AttemptCheckpoints {

  private final Attempt attempt;
  private final TaskCheckpoints store;
  private final Supplier<String> origin;
  private String madeFrom;
  private Optional<Checkpoint> restored;

  /**
   * The checkpoints of an attempt.
   *
   * @param origin names what the attempt computes from; asked only if there is a checkpoint to keep
   *     or to look for
   */
  AttemptCheckpoints(Attempt attempt, TaskCheckpoints store, Supplier<String> origin) {
    this.attempt = attempt;
    this.store = store;
    this.origin = origin;
    this.restored = attempt.work().task().version() == 0 ? Optional.empty() : null;
  }

  synchronized void keep(int step, byte[] state) {
    Checkpoint checkpoint = new Checkpoint(step, state);
    restored();
    if (!attempt.write()) {
      throw new FedflowException(FailureKind.CANCELLED, "task.stopped", attempt.reason());
    }
    try {
      store.write(attempt.work().task(), attempt.work().party(), madeFrom(), checkpoint);
    } finally {
      attempt.wrote();
    }
  }

  /** What was there before this attempt's own first one. */
  synchronized Optional<Checkpoint> restored() {
    if (restored == null) {
      restored = store.read(attempt.work().task(), attempt.work().party(), madeFrom());
    }
    return restored;
  }

  private String madeFrom() {
    if (madeFrom == null) {
      madeFrom = origin.get();
    }
    return madeFrom;
  }
}
