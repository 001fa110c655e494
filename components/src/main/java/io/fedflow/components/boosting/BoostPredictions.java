package io.fedflow.components.boosting;

import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.List;

/** Tables of predictions from scores. Stateless. */
final class BoostPredictions {

  private BoostPredictions() {}

  /**
   * Predictions.
   *
   * @param rows the rows that were scored; their label may be absent
   * @param outputs what {@link Objective#outputs} made of the scores
   * @param classes the classes in order, as texts; empty for values
   * @param threshold of two classes: a score above it predicts the second
   * @param type {@code train}, {@code validate} or {@code predict}
   */
  static Table of(
      Table rows, double[][] outputs, List<String> classes, double threshold, String type) {
    int count = rows.rowCount();
    double[] results = new double[count];
    double[] scores = new double[count];
    String[] details = new String[count];
    for (int row = 0; row < count; row++) {
      if (classes.isEmpty()) {
        results[row] = outputs[0][row];
        scores[row] = outputs[0][row];
        details[row] = "{\"label\": " + outputs[0][row] + "}";
        continue;
      }
      double[] ofClasses = ofClasses(outputs, row);
      int best = ofClasses.length == 2 ? (ofClasses[1] > threshold ? 1 : 0) : largest(ofClasses);
      results[row] = Double.parseDouble(classes.get(best));
      scores[row] = ofClasses.length == 2 ? ofClasses[1] : ofClasses[best];
      details[row] = detail(classes, ofClasses);
    }
    return PredictionTables.of(
        rows,
        new Column.Numbers(labels(rows)),
        new Column.Numbers(results),
        scores,
        details,
        type,
        classes.isEmpty() ? ColumnSpec.Type.NUMBER : ColumnSpec.Type.INTEGER);
  }

  private static double[] labels(Table rows) {
    if (rows.label() != null) {
      return rows.label();
    }
    double[] unknown = new double[rows.rowCount()];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  private static double[] ofClasses(double[][] outputs, int row) {
    if (outputs.length == 1) {
      return new double[] {1 - outputs[0][row], outputs[0][row]};
    }
    return Arrays.stream(outputs).mapToDouble(output -> output[row]).toArray();
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }

  private static String detail(List<String> classes, double[] values) {
    StringBuilder detail = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      detail.append(i == 0 ? "\"" : ", \"").append(classes.get(i)).append("\": ").append(values[i]);
    }
    return detail.append('}').toString();
  }
}
