package io.fedflow.components.homolr;

import io.fedflow.component.TaskContext;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.validation.Measured;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.table.Table;
import java.util.Map;
import java.util.Optional;

/**
 * What a guest or host measures of its own rows while a model of two classes trains. One object for
 * one training.
 */
final class MemberValidation {

  private final TaskContext context;
  private final ValidationSettings settings;
  private final Measured measured;
  private final Table train;
  private final Optional<Table> validate;

  MemberValidation(TaskContext context, Table train, Optional<Table> validate) {
    this.context = context;
    this.settings = ValidationSettings.of(context.params());
    this.measured = new Measured(settings);
    this.train = train;
    this.validate = validate.map(rows -> TrainedColumns.align(rows, train.schema().header()));
  }

  /** Measures if it is due after an epoch, counted from 0. */
  void after(int epoch, HomoLrModel model) {
    if (model.oneVsRest() || !settings.due(epoch)) {
      return;
    }
    Table predicted = MemberPredictions.of(context.params(), model, train, "train");
    if (validate.isPresent()) {
      predicted =
          PredictionTables.append(
              predicted, MemberPredictions.of(context.params(), model, validate.get(), "validate"));
    }
    measured.keep(settings.metrics().measure(context, "iteration_" + epoch, predicted));
  }

  /** Row type to metric to its value at every validation; empty without any. */
  Map<String, Object> history() {
    return measured.history();
  }

  /** The rows that are not trained on, with the model's columns. */
  Optional<Table> validate() {
    return validate;
  }
}
