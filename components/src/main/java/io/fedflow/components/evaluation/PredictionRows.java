package io.fedflow.components.evaluation;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The predictions of one row type. Immutable by convention.
 *
 * @param dataName the component that predicted
 * @param type {@code train}, {@code validate} or {@code predict}
 * @param labels true labels
 * @param results predicted labels or values
 * @param scores predicted scores; null unless numeric
 */
record PredictionRows(
    String dataName, String type, Column labels, Column results, double[] scores) {

  private static final List<String> COLUMNS =
      List.of("label", "predict_result", "predict_score", "predict_detail", "type");
  private static final List<String> TYPES = List.of("train", "validate", "predict");

  /**
   * Splits a table by row type.
   *
   * @return row type to rows, in the order train, validate, predict
   * @throws FedflowException {@code evaluation.input} (INVALID) if the table holds no predictions,
   *     or a row of another type
   */
  static Map<String, PredictionRows> split(String dataName, Table table) {
    List<String> header = table.schema().columns().stream().map(c -> c.name()).toList();
    if (table.schema().kind() != TableKind.PREDICTION || !header.equals(COLUMNS)) {
      throw refused(
          dataName,
          "found a "
              + table.schema().kind()
              + " table of the columns "
              + header
              + ", allowed are predictions with "
              + COLUMNS
              + "; cross-validation hands them on with history_value_type score");
    }
    Map<String, PredictionRows> split = new LinkedHashMap<>();
    byType(dataName, table, 4).forEach((type, rows) -> split.put(type, of(dataName, type, rows)));
    return split;
  }

  /**
   * Cuts a table by the texts of a column.
   *
   * @param at the column of row types
   * @return row type to rows, in the order train, validate, predict; no type without rows
   * @throws FedflowException {@code evaluation.input} (INVALID) if a row is of another type
   */
  static Map<String, Table> byType(String dataName, Table table, int at) {
    Map<String, Table> split = new LinkedHashMap<>();
    int matched = 0;
    for (String type : TYPES) {
      int[] rows = rowsOf(table.column(at), type);
      matched += rows.length;
      if (rows.length > 0) {
        split.put(type, table.select(rows));
      }
    }
    if (matched != table.rowCount()) {
      throw refused(dataName, "found rows of another type, allowed are " + TYPES);
    }
    return split;
  }

  /** How many rows. */
  int count() {
    return labels.size();
  }

  /**
   * A column as numbers.
   *
   * @throws FedflowException {@code evaluation.input} (INVALID) if it is of texts, or a value is
   *     missing
   */
  double[] numbers(String name, Column column) {
    if (!(column instanceof Column.Numbers numbers)) {
      throw refused(dataName, name, "found texts, allowed are numbers");
    }
    for (double value : numbers.values()) {
      if (Double.isNaN(value)) {
        throw refused(dataName, name, "found a missing value; every row needs one");
      }
    }
    return numbers.values();
  }

  /**
   * A column as texts, numbers written out.
   *
   * @throws FedflowException {@code evaluation.input} (INVALID) if a value is missing
   */
  String[] texts(String name, Column column) {
    String[] texts = new String[column.size()];
    for (int row = 0; row < texts.length; row++) {
      texts[row] = column.textAt(row);
      if (texts[row].isEmpty()) {
        throw refused(dataName, name, "found a missing value; every row needs one");
      }
    }
    return texts;
  }

  /**
   * The predicted scores.
   *
   * @throws FedflowException {@code evaluation.input} (INVALID) if they are not numbers, or one is
   *     missing
   */
  double[] requiredScores() {
    if (scores == null) {
      throw refused(dataName, "predict_score", "found texts, allowed are numbers");
    }
    return numbers("predict_score", new Column.Numbers(scores));
  }

  private static PredictionRows of(String dataName, String type, Table rows) {
    return new PredictionRows(
        dataName,
        type,
        rows.column(0),
        rows.column(1),
        rows.column(2) instanceof Column.Numbers numbers ? numbers.values() : null);
  }

  private static int[] rowsOf(Column types, String type) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < types.size(); row++) {
      if (types.textAt(row).equals(type)) {
        rows.add(row);
      }
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A column that cannot be measured. */
  static FedflowException refused(String dataName, String column, String why) {
    return ColumnException.of(
        "evaluation.input",
        List.of(column),
        "data of " + dataName + ": column " + column + ": " + why);
  }

  /** Data that cannot be measured. */
  static FedflowException refused(String dataName, String why) {
    return FedflowException.invalid("evaluation.input", "data of " + dataName + ": " + why);
  }
}
