package io.fedflow.components.scale;

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
 * Scales chosen features, each party its own; missing values stay missing. Compatible with FATE
 * 1.11's module of the same name. Stateless; thread-safe.
 */
public final class FeatureScale implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          ScaleModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          ScaleParameters.SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "FeatureScale", Role.HOST, "FeatureScale"),
          ScaleParameters::check);

  /** The component. */
  public FeatureScale() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), ScaleModel.MODULE);
    Table table = FeatureColumns.requireInstances(plan.table(), ScaleModel.MODULE);
    ScaleModel model;
    if (plan.model().isPresent()) {
      model = ScaleModel.of(plan.model().get());
      table = TrainedColumns.align(table, model.header());
    } else {
      model = ScaleModel.fit(context, table);
    }
    context
        .tracker()
        .metricMeta("train", "scale", "SCALE", Map.of("method", model.method().spoken()));
    context.log().info("scaled " + model.columns().size() + " columns of " + table);
    return TaskOutputs.of(
        model.apply(context, table),
        plan.model().orElseGet(() -> model.toStored(context.task().component(), context.params())));
  }
}
