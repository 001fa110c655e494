package io.fedflow.components.predictions;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.ColumnSpec.Type;
import io.fedflow.table.ColumnSpec.Use;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes and joins tables of predictions. Stateless. */
public final class PredictionTables {

  private PredictionTables() {}

  /**
   * Predictions.
   *
   * @param rows the rows that were scored
   * @param labels what is true of them; NaN where it is not known
   * @param results what is predicted, one per row
   * @param scores how sure that is, one per row
   * @param details the scores of all classes as JSON, one per row
   * @param type {@code train}, {@code validate} or {@code predict}
   * @param values what labels and results are: INTEGER for classes, NUMBER for values
   */
  public static Table of(
      Table rows,
      Column.Numbers labels,
      Column.Numbers results,
      double[] scores,
      String[] details,
      String type,
      Type values) {
    String[] types = new String[rows.rowCount()];
    Arrays.fill(types, type);
    List<ColumnSpec> columns =
        List.of(
            new ColumnSpec("label", values, Use.FEATURE, ""),
            new ColumnSpec("predict_result", values, Use.FEATURE, ""),
            new ColumnSpec("predict_score", Type.NUMBER, Use.FEATURE, ""),
            new ColumnSpec("predict_detail", Type.TEXT, Use.FEATURE, ""),
            new ColumnSpec("type", Type.TEXT, Use.FEATURE, ""));
    return new Table(
        new TableSchema(TableKind.PREDICTION, rows.schema().idName(), columns, ","),
        rows.ids(),
        List.of(
            labels,
            results,
            new Column.Numbers(scores),
            new Column.Texts(details),
            new Column.Texts(types)));
  }

  /** The labels of rows that were scored; missing ones if the rows have none. */
  public static Column.Numbers labels(Table rows) {
    double[] labels = rows.label();
    if (labels == null) {
      labels = new double[rows.rowCount()];
      Arrays.fill(labels, Double.NaN);
    }
    return new Column.Numbers(labels);
  }

  /**
   * Checks that a table holds predictions with numeric scores.
   *
   * @param module for the message
   * @return the table
   * @throws FedflowException {@code inputs.kind} (INVALID) if it does not
   */
  public static Table require(Table table, String module) {
    List<String> names = table.schema().columns().stream().map(ColumnSpec::name).toList();
    if (table.schema().kind() != TableKind.PREDICTION
        || !names.containsAll(List.of("label", "predict_result", "predict_score"))
        || !(table.column(names.indexOf("predict_score")) instanceof Column.Numbers)) {
      throw FedflowException.invalid(
          "inputs.kind",
          module
              + ": found a "
              + table.schema().kind()
              + " table of the columns "
              + names
              + ", allowed are predictions with label, predict_result and a numeric"
              + " predict_score");
    }
    return table;
  }

  /** The rows of both tables; of an id that both have, the first table's row. */
  public static Table union(Table first, Table second) {
    Set<String> known = new HashSet<>(Arrays.asList(first.ids()));
    int[] fresh =
        IntStream.range(0, second.rowCount())
            .filter(i -> !known.contains(second.ids()[i]))
            .toArray();
    return append(first, second.select(fresh));
  }

  /** The rows of the first table, then all of the second; ids may repeat. */
  public static Table append(Table first, Table added) {
    String[] ids = Arrays.copyOf(first.ids(), first.rowCount() + added.rowCount());
    System.arraycopy(added.ids(), 0, ids, first.rowCount(), added.rowCount());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < first.columns().size(); i++) {
      columns.add(append(first.column(i), added.column(i)));
    }
    return new Table(first.schema(), ids, columns);
  }

  private static Column append(Column first, Column second) {
    if (first instanceof Column.Numbers numbers && second instanceof Column.Numbers more) {
      double[] values = Arrays.copyOf(numbers.values(), first.size() + second.size());
      System.arraycopy(more.values(), 0, values, first.size(), second.size());
      return new Column.Numbers(values);
    }
    String[] values = Arrays.copyOf(((Column.Texts) first).values(), first.size() + second.size());
    System.arraycopy(((Column.Texts) second).values(), 0, values, first.size(), second.size());
    return new Column.Texts(values);
  }
}
