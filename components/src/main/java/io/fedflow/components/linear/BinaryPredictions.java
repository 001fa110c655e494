package io.fedflow.components.linear;

import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;

/** The table of predictions of a model of two classes 0 and 1. Stateless. */
public final class BinaryPredictions {

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
    double[] results = new double[count];
    String[] details = new String[count];
    for (int i = 0; i < count; i++) {
      results[i] = scores[i] > threshold ? 1 : 0;
      details[i] = "{\"0\": " + (1 - scores[i]) + ", \"1\": " + scores[i] + "}";
    }
    return PredictionTables.of(
        rows,
        PredictionTables.labels(rows),
        new Column.Numbers(results),
        scores,
        details,
        type,
        ColumnSpec.Type.INTEGER);
  }

  /** The rows of both tables; of an id that both have, the first table's row. */
  public static Table union(Table first, Table second) {
    return PredictionTables.union(first, second);
  }

  /** The rows of the first table, then all of the second; ids may repeat. */
  public static Table append(Table first, Table added) {
    return PredictionTables.append(first, added);
  }
}
