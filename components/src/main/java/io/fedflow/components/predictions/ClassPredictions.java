package io.fedflow.components.predictions;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.List;

/** The table of predictions of classes from their probabilities. Stateless. */
public final class ClassPredictions {

  private ClassPredictions() {}

  /**
   * Predictions. Of two classes the second is predicted if its probability, which is the score, is
   * above the threshold; of more the likeliest one, whose probability is the score.
   *
   * @param rows the rows that were scored; their label may be absent, then it is missing
   * @param classes the labels, ascending
   * @param probabilities shape [classes][rows]
   * @param type {@code train}, {@code validate} or {@code predict}
   */
  public static Table of(
      Table rows, List<String> classes, double[][] probabilities, double threshold, String type) {
    double[] numbers = classes.stream().mapToDouble(Double::parseDouble).toArray();
    int count = rows.rowCount();
    double[] results = new double[count];
    double[] scores = new double[count];
    String[] details = new String[count];
    for (int row = 0; row < count; row++) {
      int chosen = chosen(probabilities, row, threshold);
      results[row] = numbers[chosen];
      scores[row] = probabilities[classes.size() == 2 ? 1 : chosen][row];
      StringBuilder detail = new StringBuilder("{");
      for (int k = 0; k < classes.size(); k++) {
        detail
            .append(k == 0 ? "\"" : ", \"")
            .append(classes.get(k))
            .append("\": ")
            .append(probabilities[k][row]);
      }
      details[row] = detail.append('}').toString();
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

  private static int chosen(double[][] probabilities, int row, double threshold) {
    if (probabilities.length == 2) {
      return probabilities[1][row] > threshold ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      if (probabilities[k][row] > probabilities[best][row]) {
        best = k;
      }
    }
    return best;
  }
}
