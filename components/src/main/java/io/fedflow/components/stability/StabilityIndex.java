package io.fedflow.components.stability;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.task.Parallel;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The population stability index of every feature: how far {@code validate_data} is distributed
 * otherwise than {@code train_data}. Compatible with FATE 1.11's module {@code PSI}. Stateless;
 * thread-safe.
 */
public final class StabilityIndex implements Component {

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .integer("max_bin_num", 20, 2, 1_000_000, "bins of a column, by equal counts")
          .bool("need_run", true, "false measures nothing")
          .any(
              "dense_missing_val",
              null,
              "a value that counts as missing",
              ParameterType.NUMBER,
              ParameterType.TEXT,
              ParameterType.NULL)
          .number("binning_error", 0.0001, 0.0, 1.0, "allowed error of quantile ranks; exact here")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          StabilityModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "PSI", Role.HOST, "PSI"),
          (params, pointer, problems) -> {
            if (params.get("dense_missing_val") instanceof String text && number(text) == null) {
              problems.error(
                  pointer + "/dense_missing_val", "no number", text, "a number, or null for none");
            }
          });

  /** The component. */
  public StabilityIndex() {}

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
    if (plan.table() == null || !plan.learns() || plan.validate().isEmpty()) {
      throw FedflowException.invalid(
          "inputs.missing",
          StabilityModel.MODULE + ": found no pair of tables, needs train_data and validate_data");
    }
    Table expected = rows(plan.table(), "train_data");
    Table actual =
        TrainedColumns.align(
            rows(plan.validate().get(), "validate_data"), expected.schema().header());
    List<String> header = expected.schema().header();
    int bins = context.params().integer("max_bin_num");
    Double missing = number(context.params().get("dense_missing_val"));
    List<ColumnStability> measured =
        Parallel.map(
            context,
            header.size(),
            i ->
                ColumnStability.of(
                    header.get(i),
                    present(expected, header.get(i), missing),
                    present(actual, header.get(i), missing),
                    bins));
    StabilityModel model = new StabilityModel(measured);
    context.tracker().summary(Map.of("psi_scores", model.scores()));
    return TaskOutputs.of(model.toStored(context.task().component(), bins));
  }

  private static Table rows(Table table, String kind) {
    FeatureColumns.requireInstances(table, StabilityModel.MODULE);
    if (table.rowCount() == 0) {
      throw FedflowException.invalid(
          "inputs.empty",
          StabilityModel.MODULE + ": found " + kind + " without rows, needs at least one row");
    }
    return table;
  }

  private static double[] present(Table table, String column, Double missing) {
    double[] values = FeatureColumns.numbers(table, column);
    return missing == null
        ? values
        : java.util.Arrays.stream(values).map(v -> v == missing ? Double.NaN : v).toArray();
  }

  private static Double number(Object value) {
    if (value == null || value instanceof Number) {
      return value == null ? null : ((Number) value).doubleValue();
    }
    try {
      return Double.valueOf(String.valueOf(value));
    } catch (NumberFormatException word) {
      return null;
    }
  }
}
