package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.validation.BestSoFar;
import io.fedflow.components.validation.Measured;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.Map;

/**
 * The guest's part of the validation that follows an iteration: predicts the rows of training and
 * validation with the weights of the moment, measures, and tells whether the training ends. One
 * object for one training.
 */
final class GuestValidation {

  private final TaskContext context;
  private final ValidationSettings settings;
  private final Table train;
  private final Table validate;
  private final GuestScores scores;
  private final Measured measured;
  private final BestSoFar<LinearWeights> best;

  /**
   * A validation that has not begun.
   *
   * @param train aligned rows of the training
   * @param validate aligned rows that are not trained on; null without any
   */
  GuestValidation(
      TaskContext context,
      Family family,
      ValidationSettings settings,
      Table train,
      Table validate) {
    this.context = context;
    this.settings = settings;
    this.train = train;
    this.validate = validate;
    this.scores = new GuestScores(context, family);
    this.measured = new Measured(settings);
    this.best = new BestSoFar<>(settings.tracked().size(), settings.rounds());
  }

  /** Validates if it is due after an iteration; whether the training ends early. */
  boolean ends(int iteration, LinearWeights weights) throws InterruptedException {
    if (!settings.due(iteration)) {
      return false;
    }
    Table predicted = predict(train, iteration, weights, LrMessages.TRAIN_ROWS, "train");
    if (validate != null) {
      // Not united: an id of both tables counts in both.
      predicted =
          BinaryPredictions.append(
              predicted,
              predict(validate, iteration, weights, LrMessages.VALIDATE_ROWS, "validate"));
    }
    Map<String, Map<String, Object>> values =
        settings.metrics().measure(context, "iteration_" + iteration, predicted);
    measured.keep(values);
    return settings.stopsEarly()
        && best.update(context.self(), tell(iteration, values.get("validate")), iteration, weights);
  }

  /** The training's result, or the best iteration if that is what is kept. */
  LrModel chosen(LrModel last) {
    return best.chosen().map(last::at).orElse(last);
  }

  /** Row type to metric to its value at every validation; empty without any. */
  Map<String, Object> history() {
    return measured.history();
  }

  private Table predict(Table rows, int iteration, LinearWeights weights, int which, String rowType)
      throws InterruptedException {
    return scores.predict(
        weights, rows, MessageTag.of(LrMessages.VALIDATION_SCORES, iteration, which), rowType);
  }

  private long[] tell(int iteration, Map<String, Object> values) throws InterruptedException {
    long[] withoutGain = measured.count(values == null ? Map.of() : values);
    Federation federation = context.federation();
    MessageTag tag = MessageTag.of(LrMessages.VALIDATION_STATUS, iteration);
    federation.sendAll(federation.parties(Role.HOST), tag, Payload.ofLongs(withoutGain));
    federation.sendAll(federation.parties(Role.ARBITER), tag, Payload.ofLongs(withoutGain));
    return withoutGain;
  }
}
