package io.fedflow.components.transform;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What DataTransform and DataIO do in a task; they differ in the messages of their models. */
final class TransformTask {

  private final TransformMessages messages;

  TransformTask(TransformMessages messages) {
    this.messages = messages;
  }

  TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return ActionPlan.firstInput(context.inputs())
          .map(TaskOutputs::of)
          .orElseGet(TaskOutputs::none);
    }
    ActionPlan plan = ActionPlan.of(context.inputs());
    RowTransform.Outcome outcome =
        switch (plan.action()) {
          case FIT, TRAIN ->
              RowTransform.fit(context, onlyTable(plan), TransformSettings.of(context.params()));
          case APPLY, PREDICT ->
              RowTransform.apply(
                  context,
                  plan.table(),
                  messages
                      .load(plan.model().orElseThrow(), context.self())
                      .matchedBy(TransformSettings.matchId(context.params())));
          case WARM_START ->
              throw FedflowException.invalid(
                  "inputs.mixed",
                  "train_data with a model: nothing is trained here; give data and the model");
          case NO_DATA ->
              throw FedflowException.invalid(
                  "inputs.missing", "no input data; give one table of raw rows as data");
        };
    report(context, outcome);
    // Replacements stay as fitted; ratios of later rows are for the summary, not for the model.
    return TaskOutputs.of(
        outcome.table(),
        plan.learns()
            ? messages.store(context.task().component(), outcome.fitted())
            : plan.model().orElseThrow());
  }

  private static Table onlyTable(ActionPlan plan) {
    if (plan.validate().isPresent()) {
      throw FedflowException.invalid(
          "inputs.mixed",
          "found train_data and validation data; transform the latter in a component of its own"
              + " that takes this one's model");
    }
    return plan.table();
  }

  private static void report(TaskContext context, RowTransform.Outcome outcome) {
    FittedTransform fitted = outcome.fitted();
    context
        .log()
        .info(
            "read "
                + outcome.table().rowCount()
                + " rows of "
                + fitted.header().size()
                + " features"
                + (outcome.table().schema().labelName().isPresent() ? " with a label" : "")
                + (fitted.settings().layout().sparseOutput()
                    ? "; output_format sparse gives the same values, held in columns"
                    : ""));
    if (fitted.settings().label().isPresent() && outcome.table().schema().labelName().isEmpty()) {
      context.log().warning("the rows have no label column; they can be predicted, not evaluated");
    }
    List<String> unfilled =
        Stream.of(fitted.missing(), fitted.outlier())
            .flatMap(filling -> filling.replacements().entrySet().stream())
            .filter(each -> each.getValue().equals(Filler.NOTHING))
            .map(Map.Entry::getKey)
            .toList();
    if (!unfilled.isEmpty()) {
      context.log().warning("no value to take the mean of: columns " + unfilled + " stay missing");
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    if (fitted.settings().missing().active()) {
      Map<String, Object> info = new LinkedHashMap<>();
      info.put("missing_value", fitted.settings().missing().texts().stream().sorted().toList());
      info.put("missing_impute_value", fitted.missing().replacements());
      info.put("missing_impute_rate", fitted.missing().ratios());
      summary.put("missing_fill_info", info);
    }
    if (fitted.settings().outlier().active()) {
      summary.put("outlier_replace_rate", fitted.outlier().ratios());
    }
    if (!summary.isEmpty()) {
      context.tracker().summary(summary);
    }
  }
}
