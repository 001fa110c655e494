package io.fedflow.components.expand;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
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
 * Appends columns to raw rows, each of one value, before DataTransform reads them. Compatible with
 * FATE 1.11's module of the same name. Stateless; thread-safe.
 */
public final class ColumnExpand implements Component {

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "append_header",
              null,
              "names of the new columns",
              ParameterType.LIST,
              ParameterType.NULL)
          .choice("method", "manual", List.of("manual"), "where values come from: the conf")
          .any(
              "fill_value",
              1e-8,
              "what the new columns hold: one value, or one for each",
              ParameterType.NUMBER,
              ParameterType.TEXT,
              ParameterType.LIST)
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          ExpandModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "ColumnExpand", Role.HOST, "ColumnExpand"),
          ColumnExpand::check);

  /** The component. */
  public ColumnExpand() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) {
    if (!context.params().bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), ExpandModel.MODULE);
    Table table = plan.table();
    if (table.schema().kind() != TableKind.RAW || unnamed(table)) {
      throw FedflowException.invalid(
          "inputs.kind",
          ExpandModel.MODULE
              + ": found "
              + (unnamed(table) ? "raw rows without column names" : table)
              + ", allowed are raw rows with column names, as Reader hands them on");
    }
    ExpandModel model =
        plan.model().isPresent()
            ? ExpandModel.of(plan.model().get())
            : ExpandModel.fit(context.params(), table.schema().header());
    Table expanded = model.apply(table, context.self());
    context.log().info("appended " + model.names().size() + " columns");
    return TaskOutputs.of(
        expanded, plan.model().orElseGet(() -> model.toStored(context.task().component())));
  }

  private static boolean unnamed(Table table) {
    return table.schema().columns().stream().anyMatch(column -> column.name().isEmpty());
  }

  private static void check(Params params, String pointer, Problems problems) {
    int columns = params.isNull("append_header") ? 0 : params.list("append_header").size();
    if (params.get("fill_value") instanceof List<?> values
        && values.size() != columns
        && columns > 0) {
      problems.error(
          pointer + "/fill_value",
          "as many values as new columns are needed",
          values.size() + " values",
          "one value, or an array of " + columns);
    }
    if (columns > 0 && params.texts("append_header").stream().distinct().count() != columns) {
      problems.error(
          pointer + "/append_header",
          "a name stands twice",
          params.list("append_header"),
          "names that differ");
    }
  }
}
