package io.fedflow.components.baseline;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.parameters.SharedParameters;
import io.fedflow.components.predictions.ClassPredictions;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Logistic regression on one party's own rows, to compare federated models with. Compatible with
 * FATE 1.11's module of the same name and its options of scikit-learn. Stateless; thread-safe.
 */
public final class LocalBaseline implements Component {

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .choice(
              "model_name", "logisticregression", List.of("logisticregression"), "kind of model")
          .any(
              "model_opts",
              null,
              "options of the model as scikit-learn names them: penalty, C, tol, max_iter, solver,"
                  + " fit_intercept, class_weight, …",
              ParameterType.MAP,
              ParameterType.NULL)
          .object("predict_param", SharedParameters.PREDICT, "how predictions are made")
          .bool("need_run", true, "false trains nothing at this party")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          BaselineModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "LocalBaseline", Role.HOST, "LocalBaseline"),
          BaselineOptions::check);

  /** The component. */
  public LocalBaseline() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return TaskOutputs.none();
    }
    ActionPlan plan = ActionPlan.of(context.inputs());
    plan.requireTrainOrTest(BaselineModel.MODULE);
    double threshold = context.params().object("predict_param").number("threshold");
    if (plan.action() == ActionPlan.Action.WARM_START) {
      throw FedflowException.invalid(
          "inputs.mixed",
          BaselineModel.MODULE
              + ": found train_data with a model, allowed is train_data, or test_data with a"
              + " model");
    }
    if (plan.model().isPresent()) {
      BaselineModel model = BaselineModel.of(plan.model().get());
      Table rows = TrainedColumns.align(plan.table(), model.header());
      return TaskOutputs.of(predicted(rows, model, threshold, "predict"), plan.model().get());
    }
    BaselineOptions options = BaselineOptions.of(context.params());
    BaselineModel model = BaselineTraining.run(context, plan.table(), options);
    context.tracker().summary(model.summary());
    Table predicted = predicted(plan.table(), model, threshold, "train");
    if (plan.validate().isPresent()) {
      Table rows = TrainedColumns.align(plan.validate().get(), model.header());
      predicted = PredictionTables.union(predicted, predicted(rows, model, threshold, "validate"));
    }
    return TaskOutputs.of(
        predicted, model.toStored(context.task().component(), options, threshold));
  }

  private static Table predicted(Table rows, BaselineModel model, double threshold, String type) {
    return ClassPredictions.of(rows, model.classes(), model.probabilities(rows), threshold, type);
  }
}
