package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.components.crossvalidation.CrossValidation;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.crossvalidation.Folds;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.task.Part;
import io.fedflow.components.task.PartContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The guest's task: decides what is done, and does it through {@link LrGuest}, once per model. */
final class GuestTask {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Family family;

  GuestTask(TaskContext context, CryptoSuite suite, Family family) {
    this.context = context;
    this.suite = suite;
    this.family = family;
  }

  TaskOutputs run() throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    LrInputs.requireTable(inputs, family);
    requireParties();
    if (family == Family.LOGISTIC && inputs.action() == ActionPlan.Action.TRAIN) {
      LabelClasses.requireSeveral(inputs.table());
    }
    return switch (LrWork.asked(context).kind()) {
      case MODELS -> models(context);
      case FOLDS -> folds(inputs);
      case STEPS -> steps(inputs);
    };
  }

  private TaskOutputs folds(ActionPlan inputs) throws InterruptedException {
    inputs.requireTrainingAlone("cv_param.need_cv");
    FoldSettings settings = FoldSettings.of(context.params());
    settings.requireRows(inputs.table().rowCount());
    boolean many = family == Family.LOGISTIC && LabelClasses.of(inputs.table()).size() > 2;
    LrWork.asked(context).announce(context);
    Table rows = RowAgreement.align(context, inputs.table(), 0);
    Folds folds = Folds.deal(rows.rowCount(), settings, context.seed());
    context
        .federation()
        .sendAll(context.federation().parties(Role.HOST), LrMessages.FOLDS, folds.encode());
    return new CrossValidation(context, this::models)
        .of(rows, folds, many ? EvalType.MULTI : family.type());
  }

  private TaskOutputs steps(ActionPlan inputs) throws InterruptedException {
    inputs.requireTrainingAlone("stepwise_param.need_stepwise");
    Table table = inputs.table();
    requireSteps(table);
    Table prepared = family.prepared(context, table);
    FeatureCheck.of(prepared);
    LrWork.asked(context).announce(context);
    StepColumns columns = StepColumns.exchange(context, prepared.schema());
    LrSteps steps = new LrSteps(context, columns, Optional.of(table), prepared.schema().header());
    LrModel best =
        steps
            .search(
                (part, subset) ->
                    Candidate.of(new LrGuest(part, suite, family).train(Optional.empty()).model()))
            .model();
    LrModels models = new LrModels(family, List.of(), List.of(best));
    Scored scored = new LrGuest(steps.selected(), suite, family).predict(best, "train");
    Map<String, Object> summary = models.summary();
    summary.putAll(steps.summary());
    context.tracker().summary(summary);
    return TaskOutputs.of(
        models.predictions(table.sortedById(), List.of(scored), context.params()),
        models.toStored(context.task().component(), context.params()));
  }

  private void requireSteps(Table table) {
    int hosts = context.federation().parties(Role.HOST).size();
    if (hosts != 1) {
      throw FedflowException.invalid(
          "lr.stepwise",
          "stepwise_param: found "
              + hosts
              + " hosts, allowed is one: losses are computed with one host only");
    }
    List<Integer> labels = family == Family.LOGISTIC ? LabelClasses.of(table) : List.of();
    if (labels.size() > 2) {
      throw RefusedColumn.label(
          "label.classes",
          table,
          "found " + labels.size() + " classes, allowed with stepwise_param are 0 and 1");
    }
  }

  private void requireParties() {
    int arbiters = context.federation().parties(Role.ARBITER).size();
    int hosts = context.federation().parties(Role.HOST).size();
    if (arbiters != 1 || hosts == 0) {
      throw FedflowException.invalid(
          "parties.roles",
          family.module()
              + ": found "
              + arbiters
              + " arbiters and "
              + hosts
              + " hosts, allowed are one arbiter and at least one host");
    }
    if (family.multiplies() && hosts > 1) {
      throw FedflowException.invalid(
          "parties.roles", family.module() + ": found " + hosts + " hosts, allowed is one");
    }
  }

  /** Trains or predicts, in a task or in a fold. */
  private TaskOutputs models(TaskContext within) throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(within.inputs());
    Optional<LrModels> stored = inputs.model().map(model -> LrModels.of(family, model));
    return inputs.learns()
        ? train(within, inputs, stored)
        : predict(within, inputs, stored.orElseThrow());
  }

  private TaskOutputs predict(TaskContext within, ActionPlan inputs, LrModels stored)
      throws InterruptedException {
    int count = stored.models().size();
    LrWork.models(count).announce(within);
    List<Scored> scored = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      scored.add(
          new LrGuest(part(within, k, count, within.inputs()), suite, family)
              .predict(stored.models().get(k), "predict"));
    }
    return TaskOutputs.of(stored.predictions(inputs.table().sortedById(), scored, within.params()));
  }

  private TaskOutputs train(TaskContext within, ActionPlan inputs, Optional<LrModels> stored)
      throws InterruptedException {
    List<Integer> labels =
        family == Family.LOGISTIC ? LabelClasses.of(inputs.table()) : List.of(0, 1);
    List<String> classes =
        labels.size() == 2 ? List.of() : labels.stream().map(String::valueOf).toList();
    if (stored.isPresent() && !stored.get().classes().equals(classes)) {
      throw RefusedColumn.label(
          "label.classes",
          inputs.table(),
          "found "
              + labels
              + ", the given model has "
              + (stored.get().oneVsRest() ? stored.get().classes() : List.of(0, 1)));
    }
    int count = Math.max(1, classes.size());
    LrWork.models(count).announce(within);
    List<LrGuest.Trained> trained = new ArrayList<>();
    List<List<Scored>> scored = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int which = k;
      TaskInputs ofClass = count == 1 ? within.inputs() : against(inputs, labels.get(k));
      LrGuest guest = new LrGuest(part(within, k, count, ofClass), suite, family);
      trained.add(guest.train(stored.map(models -> models.models().get(which))));
      scored.add(guest.score(trained.get(k)));
    }
    LrModels models =
        new LrModels(family, classes, trained.stream().map(LrGuest.Trained::model).toList());
    within.tracker().summary(summary(models, trained));
    Table predicted = predicted(models, scored, 0, inputs.table(), within);
    if (inputs.validate().isPresent()) {
      predicted =
          PredictionTables.union(
              predicted, predicted(models, scored, 1, inputs.validate().get(), within));
    }
    return TaskOutputs.of(predicted, models.toStored(context.task().component(), context.params()));
  }

  private static Table predicted(
      LrModels models, List<List<Scored>> scored, int which, Table rows, TaskContext within) {
    List<Scored> ofRows = scored.stream().map(one -> one.get(which)).toList();
    return models.predictions(rows.sortedById(), ofRows, within.params());
  }

  /** Validation is measured for every model on its own. */
  private static Map<String, Object> summary(LrModels models, List<LrGuest.Trained> trained) {
    Map<String, Object> summary = models.summary();
    Map<String, Object> histories = new LinkedHashMap<>();
    for (int k = 0; k < trained.size(); k++) {
      if (!trained.get(k).history().isEmpty()) {
        histories.put("model_" + k, trained.get(k).history());
      }
    }
    if (!histories.isEmpty()) {
      summary.put("validation_metrics", models.oneVsRest() ? histories : trained.get(0).history());
    }
    return summary;
  }

  private static TaskInputs against(ActionPlan inputs, int label) {
    Map<String, List<DataInput>> data = new LinkedHashMap<>();
    data.put("train_data", one(inputs.table(), label));
    inputs.validate().ifPresent(rows -> data.put("validate_data", one(rows, label)));
    return new TaskInputs(data, inputs.model(), List.of());
  }

  private static List<DataInput> one(Table rows, int label) {
    return List.of(new DataInput("class." + label, LabelClasses.oneAgainstRest(rows, label)));
  }

  /** Where one of several models is trained or predicts; the task itself if there is only one. */
  static TaskContext part(TaskContext within, int k, int count, TaskInputs inputs) {
    return count == 1 ? within : new PartContext(within, Part.model(k, count), inputs);
  }
}
