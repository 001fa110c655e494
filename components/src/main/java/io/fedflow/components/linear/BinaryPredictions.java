package io.fedflow.components.linear;

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

/** The table of predictions of a model of two classes 0 and 1. Stateless. */
public final class BinaryPredictions {

  private static final List<ColumnSpec> COLUMNS =
      List.of(
          new ColumnSpec("label", Type.INTEGER, Use.FEATURE, ""),
          new ColumnSpec("predict_result", Type.INTEGER, Use.FEATURE, ""),
          new ColumnSpec("predict_score", Type.NUMBER, Use.FEATURE, ""),
          new ColumnSpec("predict_detail", Type.TEXT, Use.FEATURE, ""),
          new ColumnSpec("type", Type.TEXT, Use.FEATURE, ""));

  private BinaryPredictions() {}

  /** The logistic function. */
  public static double logistic(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /**
   * Predictions.
   *
   * @param rows the rows that were scored; their label may be absent, then it is missing
   * @param scores probability of class 1 per row
   * @param threshold a score above it, not at it, predicts class 1
   * @param type {@code train}, {@code validate} or {@code predict}
   */
  public static Table of(Table rows, double[] scores, double threshold, String type) {
    int count = rows.rowCount();
    double[] labels = rows.label();
    if (labels == null) {
      labels = new double[count];
      Arrays.fill(labels, Double.NaN);
    }
    double[] results = new double[count];
    String[] details = new String[count];
    String[] types = new String[count];
    for (int i = 0; i < count; i++) {
      results[i] = scores[i] > threshold ? 1 : 0;
      details[i] = "{\"0\": " + (1 - scores[i]) + ", \"1\": " + scores[i] + "}";
      types[i] = type;
    }
    return new Table(
        new TableSchema(TableKind.PREDICTION, rows.schema().idName(), COLUMNS, ","),
        rows.ids(),
        List.of(
            new Column.Numbers(labels),
            new Column.Numbers(results),
            new Column.Numbers(scores),
            new Column.Texts(details),
            new Column.Texts(types)));
  }

  /** The rows of both tables; of an id that both have, the first table's row. */
  public static Table union(Table first, Table second) {
    Set<String> known = new HashSet<>(Arrays.asList(first.ids()));
    int[] fresh =
        java.util.stream.IntStream.range(0, second.rowCount())
            .filter(i -> !known.contains(second.ids()[i]))
            .toArray();
    return append(first, second.select(fresh));
  }

  /** The rows of the first table, then all of the second; ids may repeat. */
  public static Table append(Table first, Table added) {
    String[] ids = Arrays.copyOf(first.ids(), first.rowCount() + added.rowCount());
    System.arraycopy(added.ids(), 0, ids, first.rowCount(), added.rowCount());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
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
