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

  /** The column that cross-validation hands on where a party has no predictions. */
  public static final String FOLD_NUMBER = "fold_num";

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
    return join(List.of(first, added));
  }

  /**
   * The rows of all tables, one after the other.
   *
   * @param tables of the same columns; at least one
   */
  public static Table join(List<Table> tables) {
    Table first = tables.get(0);
    String[] ids =
        tables.stream().flatMap(table -> Arrays.stream(table.ids())).toArray(String[]::new);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < first.columns().size(); i++) {
      int column = i;
      List<Column> pieces = tables.stream().map(table -> table.column(column)).toList();
      columns.add(
          first.column(i) instanceof Column.Numbers
              ? new Column.Numbers(
                  pieces.stream()
                      .flatMapToDouble(piece -> Arrays.stream(((Column.Numbers) piece).values()))
                      .toArray())
              : new Column.Texts(
                  pieces.stream()
                      .flatMap(piece -> Arrays.stream(((Column.Texts) piece).values()))
                      .toArray(String[]::new)));
    }
    return new Table(first.schema(), ids, columns);
  }

  /** The predictions of one type, in the same order. */
  public static Table ofType(Table predictions, String type) {
    Column column = predictions.column(predictions.schema().indexOf("type"));
    String[] types = ((Column.Texts) column).values();
    return predictions.select(
        IntStream.range(0, types.length).filter(row -> types[row].equals(type)).toArray());
  }
}
