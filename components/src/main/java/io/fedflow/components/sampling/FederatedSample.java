package io.fedflow.components.sampling;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.alignment.Positions;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws rows at all parties alike, or at each party alone. Compatible with FATE 1.11's module of
 * the same name, but rows are named by position and no id crosses. Stateless; thread-safe.
 */
public final class FederatedSample implements Component {

  static final String ROWS = "sample_rows";

  private static final String MODULE = "FederatedSample";

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SampleParameters.SCHEMA,
          Stream.concat(
                  RowAgreement.MESSAGES.stream(),
                  Stream.of(
                      MessageDeclaration.open(
                          ROWS,
                          Role.GUEST,
                          Role.HOST,
                          "which of the common rows are drawn and how often, by position")))
              .toList(),
          Map.of(Role.GUEST, "Sampler", Role.HOST, "Sampler"),
          SampleParameters::check);

  /** The component. */
  public FederatedSample() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    Params params = context.params();
    if (!params.bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    Table given = ActionPlan.ofOneTable(context.inputs(), MODULE).table();
    boolean alone = params.text("task_type").equals(SampleParameters.HOMO);
    Table table = alone ? given.sortedById() : RowAgreement.align(context, given, 0);
    int[] rows;
    if (alone || context.self().role().equals(Role.GUEST)) {
      Number seed = (Number) params.get("random_state");
      SampleDraw draw =
          SampleDraw.of(params, table, seed == null ? context.seed() : seed.longValue());
      report(context, draw);
      warnOfLeftOut(context, table);
      rows = draw.rows();
      if (!alone) {
        context
            .federation()
            .sendAll(
                context.federation().parties(Role.HOST),
                MessageTag.of(ROWS),
                Positions.payload(rows));
      }
    } else {
      rows = follow(context, table);
    }
    Table sample = table.select(rows);
    context.log().info("drew " + rows.length + " rows of " + table.rowCount());
    return TaskOutputs.of(repeats(params) ? renumbered(context, sample) : sample);
  }

  private static boolean repeats(Params params) {
    return params.text("mode").equals(SampleParameters.BY_WEIGHT)
        || params.text("method").equals(SampleParameters.UP);
  }

  private static int[] follow(TaskContext context, Table table) throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    boolean repeats = repeats(context.params());
    int[] rows =
        Positions.read(
            context.federation().receive(guest, MessageTag.of(ROWS)),
            guest,
            table.rowCount(),
            repeats ? SampleDraw.MOST : table.rowCount());
    for (int i = 1; i < rows.length; i++) {
      if (rows[i] < rows[i - 1] || rows[i] == rows[i - 1] && !repeats) {
        throw FedflowException.peer(
            "sample.rows",
            guest
                + ": found rows that are not ascending, or drawn twice; mode and method must be the"
                + " same at all parties");
      }
    }
    return rows;
  }

  private static void warnOfLeftOut(TaskContext context, Table table) {
    if (context.params().text("mode").equals(SampleParameters.BY_WEIGHT)) {
      long none =
          Arrays.stream(table.weight()).filter(weight -> SampleDraw.copies(weight) == 0).count();
      if (none > 0) {
        context.log().warning(none + " rows of weight 0 are left out");
      }
    }
  }

  /** A row that was drawn twice needs two ids. */
  private static Table renumbered(TaskContext context, Table sample) {
    if (sample.schema().indexOf(ColumnSpec.Use.MATCH_ID) < 0) {
      context.log().warning("rows get new ids, and have no match id that tells the old ones");
    }
    String[] ids =
        IntStream.range(0, sample.rowCount()).mapToObj(String::valueOf).toArray(String[]::new);
    return new Table(sample.schema(), ids, sample.columns());
  }

  private static void report(TaskContext context, SampleDraw draw) {
    Map<String, Object> summary = new LinkedHashMap<>();
    String mode = context.params().text("mode");
    if (draw.before().isEmpty()) {
      context
          .tracker()
          .metric("sample_count", mode, List.of(new MetricPoint("count", draw.rows().length)));
      context.tracker().metricMeta("sample_count", mode, "SAMPLE_TEXT", Map.of());
      summary.put("sample_count", draw.rows().length);
    } else {
      context.tracker().metric("sample_count", mode, points(draw.drawn()));
      context.tracker().metricMeta("sample_count", mode, "SAMPLE_TABLE", Map.of());
      context.tracker().metric("original_count", mode, points(draw.before()));
      context.tracker().metricMeta("original_count", mode, "SAMPLE_TABLE", Map.of());
      summary.put("sample_count", draw.drawn());
      summary.put("original_count", draw.before());
    }
    context.tracker().summary(summary);
  }

  private static List<MetricPoint> points(Map<String, Integer> counts) {
    List<MetricPoint> points = new ArrayList<>();
    counts.forEach((label, count) -> points.add(new MetricPoint(label, count)));
    return points;
  }
}
