package io.fedflow.components.union;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the rows, or the columns, of several tables of one party into one. Compatible with FATE
 * 1.11's module of the same name. Stateless; thread-safe.
 */
public final class Union implements Component {

  private static final String MODULE = "Union";
  private static final int ROWS = 0;

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .bool("need_run", true, "false hands the first table on unchanged")
          .bool(
              "allow_missing",
              false,
              "of no effect: every row has a cell in every column of its table")
          .bool("keep_duplicate", false, "axis 0: whether every id is renamed by its table")
          .integer("axis", ROWS, ROWS, 1, "0 puts rows together, 1 columns")
          .choice(
              "unmatched_id",
              "raise",
              List.of("raise", "ignore"),
              "axis 1: what becomes of rows that not every table has")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "Union", Role.HOST, "Union"),
          Union::check);

  /** The component. */
  public Union() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    List<DataInput> inputs =
        context.inputs().data().values().stream().flatMap(List::stream).toList();
    if (inputs.size() < 2) {
      throw FedflowException.invalid(
          "union.inputs",
          MODULE + ": found " + inputs.size() + " tables, allowed are at least two");
    }
    Table joined = join(context, inputs);
    List<MetricPoint> points = new ArrayList<>();
    Map<String, Object> summary = new LinkedHashMap<>();
    for (DataInput input : inputs) {
      points.add(new MetricPoint(input.source(), input.table().rowCount()));
      summary.put(input.source(), input.table().rowCount());
    }
    points.add(new MetricPoint("Total", joined.rowCount()));
    summary.put("Total", joined.rowCount());
    context.tracker().metric("train", "union", points);
    context.tracker().metricMeta("train", "union", "UNION", Map.of());
    context.tracker().summary(summary);
    return TaskOutputs.of(joined);
  }

  private static Table join(TaskContext context, List<DataInput> inputs)
      throws InterruptedException {
    // A table without rows adds nothing and may lack columns.
    List<DataInput> filled = inputs.stream().filter(i -> i.table().rowCount() > 0).toList();
    if (filled.isEmpty()) {
      return inputs.get(0).table();
    }
    boolean rows = context.params().integer("axis") == ROWS;
    boolean keep = context.params().bool("keep_duplicate");
    Table joined = rows && keep ? UnionOfRows.renamed(filled.get(0)) : filled.get(0).table();
    for (DataInput input : filled.subList(1, filled.size())) {
      context.checkStopped();
      joined =
          rows
              ? UnionOfRows.of(joined, keep ? UnionOfRows.renamed(input) : input.table(), input)
              : UnionOfColumns.of(
                  joined, input, context.params().text("unmatched_id").equals("raise"));
    }
    return joined;
  }

  private static void check(io.fedflow.component.Params params, String pointer, Problems problems) {
    if (params.bool("keep_duplicate") && params.integer("axis") != ROWS) {
      problems.error(
          pointer + "/keep_duplicate", "only rows can be kept", true, "false for axis 1");
    }
  }
}
