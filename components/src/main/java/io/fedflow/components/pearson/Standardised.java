package io.fedflow.components.pearson;

import io.fedflow.component.TaskContext;
import io.fedflow.components.statistics.Moments;
import io.fedflow.components.task.Parallel;
import java.util.List;

/**
 * Columns of mean 0 and population deviation 1. Immutable by convention.
 *
 * @param names of the columns
 * @param columns shape [columns][rows]; all zeros for a constant column
 * @param constant which columns are constant
 * @param rows how many rows
 */
record Standardised(List<String> names, double[][] columns, boolean[] constant, int rows) {

  /** A deviation below this is rounding, and tells nothing. */
  private static final double SMALLEST = 1e-9;

  static Standardised of(TaskContext context, List<String> names, double[][] values)
      throws InterruptedException {
    boolean[] constant = new boolean[names.size()];
    List<double[]> columns =
        Parallel.map(
            context,
            names.size(),
            i -> {
              Moments moments = Moments.of(values[i]);
              double[] column = new double[values[i].length];
              double largest = 0;
              for (double value : values[i]) {
                largest = Math.max(largest, Math.abs(value));
              }
              constant[i] = moments.deviation() <= SMALLEST * Math.max(1, largest);
              for (int row = 0; row < column.length && !constant[i]; row++) {
                column[row] = (values[i][row] - moments.mean()) / moments.deviation();
              }
              return column;
            });
    return new Standardised(names, columns.toArray(double[][]::new), constant, values[0].length);
  }

  /**
   * The correlations of the columns, of [-1, 1]; NaN for constant ones.
   *
   * @return shape [columns][columns], symmetric
   */
  double[][] correlations(TaskContext context) throws InterruptedException {
    int count = columns.length;
    List<double[]> lower =
        Parallel.map(
            context,
            count,
            i -> {
              double[] row = new double[i + 1];
              for (int j = 0; j <= i; j++) {
                row[j] = constant[i] || constant[j] ? Double.NaN : i == j ? 1 : product(i, j);
              }
              return row;
            });
    double[][] correlations = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        correlations[i][j] = lower.get(i)[j];
        correlations[j][i] = lower.get(i)[j];
      }
    }
    return correlations;
  }

  private double product(int i, int j) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += columns[i][row] * columns[j][row];
    }
    return clipped(sum / rows);
  }

  /** A correlation without what rounding put beyond its bounds. */
  static double clipped(double correlation) {
    return Math.max(-1, Math.min(1, correlation));
  }
}
