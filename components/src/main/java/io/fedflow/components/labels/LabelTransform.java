package io.fedflow.components.labels;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives labels of instances other names, and those of predictions their own names back. Compatible
 * with FATE 1.11's module of the same name. Stateless; thread-safe.
 */
public final class LabelTransform implements Component {

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "label_encoder",
              null,
              "label to what it becomes; null numbers the sorted labels from 0",
              ParameterType.MAP,
              ParameterType.NULL)
          .any(
              "label_list",
              null,
              "the labels that label_encoder names, as numbers or texts",
              ParameterType.LIST,
              ParameterType.NULL)
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          LabelEncoder.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "LabelTransformer", Role.HOST, "LabelTransformer"),
          LabelTransform::check);

  /** The component. */
  public LabelTransform() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) {
    boolean nothing = ActionPlan.firstInput(context.inputs()).isEmpty();
    if (!context.params().bool("need_run") || nothing) {
      return ActionPlan.unchanged(context.inputs());
    }
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), LabelEncoder.MODULE);
    Table table = plan.table();
    boolean predictions = table.schema().kind() == TableKind.PREDICTION;
    if (!predictions && Labels.texts(table).isEmpty()) {
      context.log().warning("the rows have no label; they are handed on unchanged");
      return ActionPlan.unchanged(context.inputs());
    }
    if (predictions && plan.model().isEmpty()) {
      throw FedflowException.invalid(
          "inputs.model",
          LabelEncoder.MODULE
              + ": found predictions without a model; give the model of the"
              + " component that transformed the labels");
    }
    LabelEncoder encoder =
        plan.model().isPresent()
            ? LabelEncoder.of(plan.model().get())
            : LabelEncoder.fit(context.params(), Labels.texts(table).orElseThrow());
    if (plan.model().isEmpty() && !context.params().isNull("label_encoder")) {
      warnOfKept(context, encoder.values().size() - context.params().map("label_encoder").size());
    }
    context
        .tracker()
        .metric("train", "label_transform", List.of(new MetricPoint("label_transform", 0)));
    context
        .tracker()
        .metricMeta(
            "train",
            "label_transform",
            "LABEL_TRANSFORM",
            Map.of("label_encoder", encoder.values()));
    return TaskOutputs.of(
        predictions ? PredictedLabels.restore(table, encoder) : encoder.apply(table),
        plan.model().orElseGet(() -> encoder.toStored(context.task().component())));
  }

  private static void check(Params params, String pointer, Problems problems) {
    if (params.isNull("label_encoder")) {
      return;
    }
    Set<Object> taken = new java.util.HashSet<>();
    params
        .map("label_encoder")
        .forEach(
            (label, value) -> {
              if (!ParameterType.NUMBER.accepts(value) && !ParameterType.TEXT.accepts(value)) {
                problems.error(
                    pointer + "/label_encoder/" + label, "wrong type", value, "a number or a text");
              } else if (!taken.add(String.valueOf(value))) {
                problems.warning(
                    pointer + "/label_encoder/" + label,
                    "two labels become one, predictions get the first back",
                    value,
                    "values that differ");
              }
            });
  }

  private static void warnOfKept(TaskContext context, int labels) {
    if (labels > 0) {
      context.log().warning(labels + " labels that label_encoder does not name stay as they are");
    }
  }
}
