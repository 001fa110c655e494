package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.validation.BestSoFar;
import io.fedflow.components.validation.Measured;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The guest's part of the validation that follows a round. Scores of training rows are those of the
 * training; validation rows are walked through the trees that are new. One object for one training.
 */
final class GuestRounds {

  /** Walks of a task are named: these come before those that follow a round. */
  static final int FINAL_SCOPE = 0;

  static final int START_SCOPE = 1;
  static final int FIRST_ROUND_SCOPE = 2;

  private final TaskContext context;
  private final ValidationSettings settings;
  private final Objective objective;
  private final List<String> classes;
  private final Table train;
  private final Table validate;
  private final Features validateFeatures;
  private final Scoring validateScores;
  private final Measured measured;
  private final BestSoFar<double[][]> best;
  private int scored;

  /**
   * A validation that has not begun.
   *
   * @param train aligned rows of the training
   * @param validate aligned rows that are not trained on; null without any
   * @param validateScores what those start at; null without any
   */
  GuestRounds(
      TaskContext context,
      ValidationSettings settings,
      Objective objective,
      List<String> classes,
      Table train,
      Table validate,
      Features validateFeatures,
      Scoring validateScores) {
    this.context = context;
    this.settings = settings;
    this.objective = objective;
    this.classes = classes;
    this.train = train;
    this.validate = validate;
    this.validateFeatures = validateFeatures;
    this.validateScores = validateScores;
    this.measured = new Measured(settings);
    this.best = new BestSoFar<>(settings.tracked().size(), settings.rounds());
  }

  /**
   * Validates if it is due after a round.
   *
   * @param trees of all rounds so far
   * @param scores of the training rows
   * @return whether the training ends early
   */
  boolean ends(int round, List<Tree> trees, double[][] scores) throws InterruptedException {
    if (!settings.due(round)) {
      return false;
    }
    Table predicted = predictions(train, scores, "train");
    if (validate != null) {
      validateScores.walk(
          context,
          trees.subList(scored, trees.size()),
          scored,
          validateFeatures,
          FIRST_ROUND_SCOPE + round);
      scored = trees.size();
      // Not united: an id of both tables counts in both.
      predicted =
          PredictionTables.append(
              predicted, predictions(validate, validateScores.scores(), "validate"));
    }
    Map<String, Map<String, Object>> values =
        settings.metrics().measure(context, "iteration_" + round, predicted);
    measured.keep(values);
    if (!settings.stopsEarly()) {
      return false;
    }
    long[] withoutGain = measured.count(values.get("validate"));
    context
        .federation()
        .sendAll(
            context.federation().parties(Role.HOST),
            MessageTag.of(BoostMessages.VALIDATION_STATUS, round),
            Payload.ofLongs(withoutGain));
    return best.update(context.self(), withoutGain, round, Scoring.copy(scores));
  }

  /** The round that is gone back to, with the scores of the training rows after it. */
  Optional<BestSoFar.Kept<double[][]>> chosen() {
    return best.chosen();
  }

  /** Row type to metric to its value at every validation; empty without any. */
  Map<String, Object> history() {
    return measured.history();
  }

  /** Predictions of rows from their scores. */
  Table predictions(Table rows, double[][] scores, String type) {
    return BoostPredictions.of(
        rows,
        objective.outputs(scores),
        classes,
        context.params().object("predict_param").number("threshold"),
        type);
  }
}
