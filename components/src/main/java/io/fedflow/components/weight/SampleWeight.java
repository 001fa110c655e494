package io.fedflow.components.weight;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.Problems;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weighs rows by their label or by a column, each party its own. Compatible with FATE 1.11's module
 * of the same name. Stateless; thread-safe.
 */
public final class SampleWeight implements Component {

  static final String BALANCED = "balanced";

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "class_weight",
              null,
              "balanced, or label to weight; a label that is not named gets 1",
              ParameterType.TEXT,
              ParameterType.MAP,
              ParameterType.NULL)
          .text("sample_weight_name", null, "a column that holds weights; it is no feature then")
          .bool("normalize", false, "sample_weight_name: whether weights get the mean 1")
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          WeightModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "SampleWeight", Role.HOST, "SampleWeight"),
          SampleWeight::check);

  /** The component. */
  public SampleWeight() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) {
    Params params = context.params();
    if (!params.bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), WeightModel.MODULE);
    Table table = FeatureColumns.requireInstances(plan.table(), WeightModel.MODULE);
    if (plan.model().isEmpty()
        && params.isNull("class_weight")
        && params.isNull("sample_weight_name")) {
      context.log().info("neither class_weight nor sample_weight_name is set: no row is weighed");
      return ActionPlan.unchanged(context.inputs());
    }
    if (!params.isNull("class_weight") && !params.isNull("sample_weight_name")) {
      context.log().warning("sample_weight_name is set, so class_weight has no effect");
    }
    WeightModel model =
        plan.model().isPresent()
            ? WeightModel.of(plan.model().get())
            : WeightModel.fit(params, table, context.log());
    Table weighed = model.apply(table, context.log(), plan.model().isEmpty());
    context
        .tracker()
        .metric("train", "sample_weight", List.of(new MetricPoint("sample_weight", 0)));
    context.tracker().metricMeta("train", "sample_weight", "SAMPLE_WEIGHT", model.facts());
    return TaskOutputs.of(
        weighed, plan.model().orElseGet(() -> model.toStored(context.task().component(), weighed)));
  }

  private static void check(Params params, String pointer, Problems problems) {
    Object weights = params.get("class_weight");
    if (weights instanceof String name && !name.equalsIgnoreCase(BALANCED)) {
      problems.error(
          pointer + "/class_weight", "unknown choice", name, "balanced, or label to weight");
    }
    if (weights instanceof Map<?, ?> map) {
      map.forEach(
          (label, weight) -> {
            if (!ParameterType.NUMBER.accepts(weight)) {
              problems.error(
                  pointer + "/class_weight/" + label, "wrong type", weight, "a finite number");
            }
          });
    }
  }
}
