package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;

/**
 * What the guest is about to do, which it tells everybody first, in a task and in each fold.
 * Immutable.
 *
 * @param count how many parts it has: folds, or models
 */
record LrWork(Kind kind, int count) {

  /** The order is part of the message form. */
  enum Kind {
    /** Trainings of one model, or of one for each class; or predictions. */
    MODELS,
    /** A cross-validation. */
    FOLDS
  }

  /** FATE's limit of classes; folds have none but the rows. */
  static final int MOST_MODELS = 1000;

  /** What a conf says is to be done with training data, before it is known how many models. */
  private static LrWork asked(Params params) {
    return FoldSettings.wanted(params)
        ? new LrWork(Kind.FOLDS, FoldSettings.of(params).splits())
        : new LrWork(Kind.MODELS, 0);
  }

  /**
   * Hears from the guest, in a task.
   *
   * @throws FedflowException {@code lr.work} (INVALID) if this party's conf asks for something else
   */
  static LrWork receive(TaskContext context) throws InterruptedException {
    LrWork told = told(context);
    LrWork own = asked(context.params());
    boolean same = told.kind == own.kind && (told.kind == Kind.MODELS || told.count == own.count);
    if (!same) {
      throw FedflowException.invalid(
          "lr.work",
          "cv_param: the guest starts "
              + told.words()
              + ", but this party's conf asks for "
              + own.words()
              + "; allowed is the same at every party");
    }
    return told;
  }

  /**
   * Hears from the guest how many models a fold has.
   *
   * @throws FedflowException {@code lr.message} (PEER) if it is about anything else
   */
  static LrWork receiveInFold(TaskContext fold) throws InterruptedException {
    LrWork told = told(fold);
    if (told.kind != Kind.MODELS) {
      throw FedflowException.peer("lr.message", "the guest begins folds inside a fold");
    }
    return told;
  }

  private static LrWork told(TaskContext context) throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    long[] fields = context.federation().receive(guest, LrMessages.WORK).asLongs();
    if (fields.length != 2
        || fields[0] < 0
        || fields[0] >= Kind.values().length
        || fields[1] < 1
        || fields[1] > (fields[0] == Kind.MODELS.ordinal() ? MOST_MODELS : Integer.MAX_VALUE)) {
      throw FedflowException.peer("lr.message", "what the guest is about to do is malformed");
    }
    return new LrWork(Kind.values()[(int) fields[0]], (int) fields[1]);
  }

  /** Tells hosts and arbiter. */
  void announce(TaskContext context) throws InterruptedException {
    Payload payload = Payload.ofLongs(kind.ordinal(), count);
    for (Role role : new Role[] {Role.HOST, Role.ARBITER}) {
      context.federation().sendAll(context.federation().parties(role), LrMessages.WORK, payload);
    }
  }

  private String words() {
    return kind == Kind.FOLDS ? "cross-validation with " + count + " folds" : "one training";
  }
}
