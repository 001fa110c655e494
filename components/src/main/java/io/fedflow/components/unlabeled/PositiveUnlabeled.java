package io.fedflow.components.unlabeled;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes instances and predictions of them, and gives the instances with label 1 for unlabeled rows
 * of high scores; a host hands its rows on. Compatible with FATE 1.11's module of the same name.
 * Stateless; thread-safe.
 */
public final class PositiveUnlabeled implements Component {

  private static final String MODULE = "PositiveUnlabeled";
  private static final String COUNT = "count of converted unlabeled";

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .choice("strategy", "probability", Strategy.NAMES, "which unlabeled rows become positive")
          .number(
              "threshold",
              0.9,
              0.0,
              null,
              "least score, number of rows, share of rows, or number for distribution")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          List.of(),
          Map.of(
              Role.GUEST, "PositiveUnlabeledTransformer",
              Role.HOST, "PositiveUnlabeledTransformer"),
          PositiveUnlabeled::check);

  /** The component. */
  public PositiveUnlabeled() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) {
    List<Table> tables =
        context.inputs().data().values().stream()
            .flatMap(List::stream)
            .map(DataInput::table)
            .toList();
    Table instances = only(tables, TableKind.INSTANCE, "instances");
    if (!context.self().role().equals(Role.GUEST)) {
      return TaskOutputs.of(instances);
    }
    Table predictions =
        PredictionTables.require(only(tables, TableKind.PREDICTION, "predictions"), MODULE);
    Params params = context.params();
    double[] labels = labels(predictions);
    boolean[] converted =
        Strategy.of(params.text("strategy"))
            .convert(labels, scores(predictions), params.number("threshold"));
    int count = 0;
    Map<String, Double> byId = new HashMap<>();
    for (int row = 0; row < labels.length; row++) {
      byId.put(predictions.ids()[row], converted[row] ? 1 : labels[row]);
      count += converted[row] ? 1 : 0;
    }
    context.tracker().metric("train", "positive_unlabeled", List.of(new MetricPoint(COUNT, count)));
    context.tracker().metricMeta("train", "positive_unlabeled", "PU_MODEL", Map.of());
    context.tracker().summary(Map.of(COUNT, count));
    return TaskOutputs.of(relabelled(instances, byId));
  }

  private static Table only(List<Table> tables, TableKind kind, String what) {
    List<Table> found = tables.stream().filter(t -> t.schema().kind() == kind).toList();
    if (found.size() != 1) {
      throw FedflowException.invalid(
          "unlabeled.inputs",
          MODULE
              + ": found "
              + found.size()
              + " tables of "
              + what
              + " among "
              + tables.size()
              + ", allowed is one of instances and, at the guest, one of predictions");
    }
    return found.get(0);
  }

  private static double[] labels(Table predictions) {
    if (!(predictions.column(predictions.schema().indexOf("label"))
        instanceof Column.Numbers labels)) {
      throw ColumnException.of(
          "unlabeled.labels", "label", "found texts, allowed are 0 for unlabeled and 1");
    }
    for (double label : labels.values()) {
      if (label != 0 && label != 1) {
        throw ColumnException.of(
            "unlabeled.labels",
            "label",
            "found a label that is neither 0 nor 1, allowed are 0 for unlabeled" + " and 1");
      }
    }
    return labels.values();
  }

  private static double[] scores(Table predictions) {
    double[] scores = predictions.numbers("predict_score");
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      throw ColumnException.of(
          "unlabeled.scores",
          "predict_score",
          "found a missing value, allowed are numbers, by which rows are" + " ranked");
    }
    return scores;
  }

  /** The rows that were predicted, with their new labels. */
  private static Table relabelled(Table instances, Map<String, Double> byId) {
    int at = instances.schema().indexOf(ColumnSpec.Use.LABEL);
    if (at < 0 || instances.label() == null) {
      throw FedflowException.invalid(
          "unlabeled.labels", "instances: found no numeric label, the guest's rows need one");
    }
    List<Integer> kept = new ArrayList<>();
    for (int row = 0; row < instances.rowCount(); row++) {
      if (byId.containsKey(instances.ids()[row])) {
        kept.add(row);
      }
    }
    Table table = instances.select(kept.stream().mapToInt(Integer::intValue).toArray());
    double[] labels = new double[table.rowCount()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = byId.get(table.ids()[row]);
    }
    List<Column> columns = new ArrayList<>(table.columns());
    columns.set(at, new Column.Numbers(labels));
    return table.withColumns(table.schema().columns(), columns);
  }

  private static void check(Params params, String pointer, Problems problems) {
    double threshold = params.number("threshold");
    String strategy = params.text("strategy");
    boolean share = strategy.equals("probability") || strategy.equals("proportion");
    if (share ? threshold > 1 : threshold != Math.rint(threshold)) {
      problems.error(
          pointer + "/threshold",
          "out of range",
          threshold,
          (share ? "0..1" : "a whole number") + " with strategy " + strategy);
    }
  }
}
