package io.fedflow.components.union;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.RowComponent;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.party.Role;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the rows, or the columns, of several tables of one party into one. Compatible with FATE
 * 1.11's module of the same name. Stateless; thread-safe.
 */
public final class Union implements RowComponent {

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
  public RowResult begin(TaskContext context, List<RowInput> inputs, Path folder)
      throws IOException {
    if (inputs.size() < 2 && context.params().bool("need_run")) {
      throw FedflowException.invalid(
          "union.inputs",
          MODULE + ": found " + inputs.size() + " tables, allowed are at least two");
    }
    CountedRows rows = new CountedRows(join(context, inputs, folder));
    return new RowResult(rows, () -> report(context, inputs, rows.count()));
  }

  private static TableSource join(TaskContext context, List<RowInput> inputs, Path folder)
      throws IOException {
    // A table without rows adds nothing and may lack columns.
    List<RowInput> filled = inputs.stream().filter(i -> i.rowCount() > 0).toList();
    if (filled.isEmpty() || !context.params().bool("need_run")) {
      return inputs.get(0).rows().open();
    }
    if (context.params().integer("axis") == ROWS) {
      return new UnionOfRows(filled, context.params().bool("keep_duplicate"));
    }
    boolean raise = context.params().text("unmatched_id").equals("raise");
    TableSource joined = filled.get(0).rows().open();
    try {
      for (RowInput input : filled.subList(1, filled.size())) {
        joined = UnionOfColumns.of(joined, input, raise, folder);
      }
      return joined;
    } catch (IOException | RuntimeException failed) {
      joined.close();
      throw failed;
    }
  }

  private static void report(TaskContext context, List<RowInput> inputs, int total) {
    if (!context.params().bool("need_run")) {
      return;
    }
    List<MetricPoint> points = new ArrayList<>();
    Map<String, Object> summary = new LinkedHashMap<>();
    for (RowInput input : inputs) {
      int count = Math.toIntExact(input.rowCount());
      points.add(new MetricPoint(input.source(), count));
      summary.put(input.source(), count);
    }
    points.add(new MetricPoint("Total", total));
    summary.put("Total", total);
    context.tracker().metric("train", "union", points);
    context.tracker().metricMeta("train", "union", "UNION", Map.of());
    context.tracker().summary(summary);
  }

  private static void check(io.fedflow.component.Params params, String pointer, Problems problems) {
    if (params.bool("keep_duplicate") && params.integer("axis") != ROWS) {
      problems.error(
          pointer + "/keep_duplicate", "only rows can be kept", true, "false for axis 1");
    }
  }
}
