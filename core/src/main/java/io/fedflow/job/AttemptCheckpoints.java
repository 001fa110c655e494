package io.fedflow.job;

import io.fedflow.component.Checkpoint;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelCheckpoints;
import io.fedflow.party.Party;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checkpoints of one attempt: reads the earlier one once, writes only while it is not fenced.
 * Thread-safe.
 */
final class AttemptCheckpoints {

  private final Attempt attempt;
  private final TaskCheckpoints store;
  private final ModelCheckpoints models;
  private final Supplier<String> origin;
  private final StoreRetries retries;
  private boolean keptModels;
  private String madeFrom;
  private Optional<Checkpoint> restored;

  /**
   * The checkpoints of an attempt.
   *
   * @param models where models are kept that are to stay
   * @param origin names what the attempt computes from; asked only if there is a checkpoint to keep
   *     or to look for
   * @param retries bears with a store that is down, or a training would be lost with it
   */
  AttemptCheckpoints(
      Attempt attempt,
      TaskCheckpoints store,
      ModelCheckpoints models,
      Supplier<String> origin,
      StoreRetries retries) {
    this.attempt = attempt;
    this.store = store;
    this.models = models;
    this.origin = origin;
    this.retries = retries;
    this.restored = attempt.work().task().version() == 0 ? Optional.empty() : null;
  }

  synchronized void keep(int step, byte[] state) {
    Checkpoint checkpoint = new Checkpoint(step, state);
    restored();
    if (!attempt.write()) {
      throw new FedflowException(FailureKind.CANCELLED, "task.stopped", attempt.reason());
    }
    try {
      retries.call(
          () -> {
            store.write(attempt.work().task(), attempt.work().party(), madeFrom(), checkpoint);
            return null;
          });
    } finally {
      attempt.wrote();
    }
  }

  /** Keeps a model for good; those of earlier attempts go with the first one. */
  synchronized void keepModel(int step, String name, ComponentModel model) {
    String version = attempt.work().task().jobId();
    Party party = attempt.work().party();
    ComponentModel named =
        new ComponentModel(
            attempt.work().task().component(), model.module(), model.alias(), model.messages());
    if (!attempt.write()) {
      throw new FedflowException(FailureKind.CANCELLED, "task.stopped", attempt.reason());
    }
    try {
      retries.call(
          () -> {
            if (!keptModels) {
              models.forget(version, party, named.component());
              keptModels = true;
            }
            models.store(version, party, step, name, named);
            return null;
          });
    } finally {
      attempt.wrote();
    }
  }

  /** What was there before this attempt's own first one. */
  synchronized Optional<Checkpoint> restored() {
    if (restored == null) {
      restored =
          retries.call(() -> store.read(attempt.work().task(), attempt.work().party(), madeFrom()));
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
