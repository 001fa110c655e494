package io.fedflow.components.imputation;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces missing values of features, each party its own. Compatible with FATE 1.11's module of
 * the same name. Stateless; thread-safe.
 */
public final class FeatureImputation implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          ImputationModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          ImputationParameters.SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "FeatureImputation", Role.HOST, "FeatureImputation"),
          ImputationParameters::check);

  /** The component. */
  public FeatureImputation() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), ImputationModel.MODULE);
    Table table = FeatureColumns.requireInstances(plan.table(), ImputationModel.MODULE);
    ImputationModel model;
    if (plan.model().isPresent()) {
      ImputationModel stored = ImputationModel.of(plan.model().get());
      table = TrainedColumns.align(table, stored.header());
      model = stored.counted(table);
    } else {
      model = ImputationModel.fit(context, table);
    }
    context.tracker().summary(model.summary());
    // Replacements stay as learned; ratios of later rows are for the summary, not for the model.
    return TaskOutputs.of(
        FeatureColumns.replace(table, model.apply(context, table)),
        plan.model().isPresent()
            ? plan.model().get()
            : model.toStored(context.task().component(), table, context.params()));
  }
}
