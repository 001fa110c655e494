package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.stepwise.StepRules;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What the guest is about to do, which it tells everybody first, in a task and in each fold.
 * Immutable.
 *
 * @param count how many parts it has: folds or models; 1 for a search
 * @param terms what all parties must have in common beside, as numbers
 */
record LrWork(Kind kind, int count, List<Long> terms) {

  /** The order is part of the message form. */
  enum Kind {
    /** Trainings of one model, or of one for each class; or predictions. */
    MODELS("one training"),
    /** A cross-validation. */
    FOLDS("cross-validation (cv_param)"),
    /** A stepwise search. */
    STEPS("stepwise selection (stepwise_param)");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** FATE's limit of classes; folds have none but the rows. */
  static final int MOST_MODELS = 1000;

  LrWork {
    terms = List.copyOf(terms);
  }

  /** Trainings or predictions of so many models. */
  static LrWork models(int count) {
    return new LrWork(Kind.MODELS, count, List.of());
  }

  /**
   * What a conf says is to be done; how many models that takes, the guest's labels tell. A search
   * that found its model is over: without rows to train on, the model is applied like any other.
   */
  static LrWork asked(TaskContext context) {
    Params params = context.params();
    if (FoldSettings.wanted(params)) {
      return new LrWork(Kind.FOLDS, FoldSettings.of(params).splits(), List.of());
    }
    boolean found =
        context.inputs().model().isPresent() && !context.inputs().data().containsKey("train_data");
    return StepRules.wanted(params) && !found
        ? new LrWork(Kind.STEPS, 1, StepRules.of(params).terms())
        : models(1);
  }

  /**
   * Hears from the guest, in a task.
   *
   * @throws FedflowException {@code lr.work} (INVALID) if this party's conf asks for something else
   */
  static LrWork receive(TaskContext context) throws InterruptedException {
    LrWork told = told(context);
    LrWork own = asked(context);
    boolean same =
        told.kind == own.kind
            && told.terms.equals(own.terms)
            && (told.kind == Kind.MODELS || told.count == own.count);
    if (!same) {
      throw FedflowException.invalid(
          "lr.work",
          "cv_param and stepwise_param: the guest starts "
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
      throw FedflowException.peer("lr.message", "the guest begins " + told.words() + " in a fold");
    }
    return told;
  }

  private static LrWork told(TaskContext context) throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    long[] fields = context.federation().receive(guest, LrMessages.WORK).asLongs();
    if (fields.length < 2
        || fields[0] < 0
        || fields[0] >= Kind.values().length
        || fields[1] < 1
        || fields[1] > (fields[0] == Kind.MODELS.ordinal() ? MOST_MODELS : Integer.MAX_VALUE)) {
      throw FedflowException.peer("lr.message", "what the guest is about to do is malformed");
    }
    return new LrWork(
        Kind.values()[(int) fields[0]],
        (int) fields[1],
        Arrays.stream(fields).skip(2).boxed().toList());
  }

  /** Tells hosts and arbiter. */
  void announce(TaskContext context) throws InterruptedException {
    Payload payload =
        Payload.ofLongs(
            LongStream.concat(
                    LongStream.of(kind.ordinal(), count), terms.stream().mapToLong(Long::longValue))
                .toArray());
    for (Role role : new Role[] {Role.HOST, Role.ARBITER}) {
      context.federation().sendAll(context.federation().parties(role), LrMessages.WORK, payload);
    }
  }

  private String words() {
    return kind.words
        + (kind == Kind.FOLDS
            ? " with " + count + " folds"
            : terms.isEmpty() ? "" : " of " + terms);
  }
}
