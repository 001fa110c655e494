package io.fedflow.components.crossvalidation;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.evaluation.TrainingMetrics;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.task.Part;
import io.fedflow.components.task.PartContext;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a component once per fold. One object for one task; not thread-safe. A component decides
 * itself how its parties come to the same {@link Folds}.
 */
public final class CrossValidation {

  /** How a component runs in one fold. */
  @FunctionalInterface
  public interface Run {

    /**
     * Trains and predicts.
     *
     * @param fold its inputs are {@code train_data} and {@code validate_data}; without any at an
     *     arbiter
     * @return predictions of both as the only table; no table at a party without predictions
     * @throws InterruptedException if the task was stopped
     */
    TaskOutputs in(TaskContext fold) throws InterruptedException;
  }

  private final TaskContext context;
  private final FoldSettings settings;
  private final Run run;
  private final Map<String, Object> summary = new LinkedHashMap<>();

  /** A cross-validation that has not begun. */
  public CrossValidation(TaskContext context, Run run) {
    this.context = context;
    this.settings = FoldSettings.of(context.params());
    this.run = run;
  }

  /** The part of a party without rows. */
  public TaskOutputs withoutRows() throws InterruptedException {
    for (int fold = 0; fold < settings.splits(); fold++) {
      PartContext part =
          new PartContext(context, Part.fold(fold, settings.splits()), TaskInputs.none());
      run.in(part);
      summary.put("fold_" + fold, part.summary());
    }
    return finish(Optional.empty());
  }

  /**
   * The part of a party with rows.
   *
   * @param rows as {@code folds} counts them
   * @param type what predictions are; of no effect at a party without
   */
  public TaskOutputs of(Table rows, Folds folds, EvalType type) throws InterruptedException {
    FoldHistory history = new FoldHistory(settings.instances());
    for (int fold = 0; fold < folds.count(); fold++) {
      context.checkStopped();
      Table train = rows.select(folds.train(fold));
      Table validate = rows.select(folds.validate(fold));
      PartContext part =
          new PartContext(context, Part.fold(fold, folds.count()), inputs(train, validate));
      Optional<Table> predicted = run.in(part).data().stream().findFirst();
      Map<String, Object> ofFold = part.summary();
      keep(history, ofFold, fold, train, predicted, type, "train");
      keep(history, ofFold, fold, validate, predicted, type, "validate");
      summary.put("fold_" + fold, ofFold);
    }
    return finish(Optional.of(settings.history() ? history.table() : rows));
  }

  private void keep(
      FoldHistory history,
      Map<String, Object> ofFold,
      int fold,
      Table rows,
      Optional<Table> predicted,
      EvalType type,
      String rowType) {
    Optional<Table> ofType = predicted.map(all -> PredictionTables.ofType(all, rowType));
    history.add(fold, rows, ofType, rowType);
    ofType.ifPresent(table -> ofFold.putAll(measure(type, rowType + "_fold_" + fold, table)));
  }

  private TaskOutputs finish(Optional<Table> output) {
    summary.put("fold_num", settings.splits());
    context.tracker().summary(summary);
    return output.map(TaskOutputs::of).orElse(TaskOutputs.none());
  }

  private Map<String, Map<String, Object>> measure(EvalType type, String dataName, Table table) {
    return metrics(context.params(), type).measure(context, dataName, table);
  }

  /** The metrics of the conf, or the usual ones where it names none of this type. */
  private static TrainingMetrics metrics(Params params, EvalType type) {
    Params callback = params.object("callback_param");
    List<?> given =
        callback.isNull("metrics") || callback.list("metrics").isEmpty()
            ? params.list("metrics")
            : callback.list("metrics");
    return TrainingMetrics.of(type, TrainingMetrics.fitting(type, given));
  }

  private static TaskInputs inputs(Table train, Table validate) {
    return new TaskInputs(
        Map.of(
            "train_data", List.of(new DataInput("fold.train", train)),
            "validate_data", List.of(new DataInput("fold.validate", validate))),
        Optional.empty(),
        List.of());
  }
}
