package io.fedflow.components.pearson;

import java.util.Arrays;

/**
 * Variance inflation factors from correlations: how much of a column the others already say.
 * Stateless.
 */
final class VarianceInflation {

  /** Eigenvalues below this are taken for zero. */
  private static final double ZERO = 1e-8;

  private static final int SWEEPS = 60;

  private VarianceInflation() {}

  /**
   * The factor of every column: the determinant without it by the determinant of all; of singular
   * correlations the products of their eigenvalues that are not zero. NaN for a constant column.
   *
   * @param correlations symmetric; NaN rows and columns for constant columns
   */
  static double[] of(double[][] correlations) {
    int[] kept = new int[correlations.length];
    int count = 0;
    for (int i = 0; i < correlations.length; i++) {
      if (!Double.isNaN(correlations[i][i])) {
        kept[count++] = i;
      }
    }
    double[][] matrix = part(correlations, Arrays.copyOf(kept, count));
    double[] values = eigenvalues(matrix);
    int zeros = (int) Arrays.stream(values).filter(value -> value < ZERO).count();
    double[] factors = new double[correlations.length];
    Arrays.fill(factors, Double.NaN);
    for (int i = 0; i < count; i++) {
      int without = i;
      int[] others = java.util.stream.IntStream.range(0, count).filter(k -> k != without).toArray();
      double[] minor = eigenvalues(part(matrix, others));
      // Logarithms, since a product of many eigenvalues may leave the range of doubles.
      factors[kept[i]] = Math.exp(logProduct(minor, zeros) - logProduct(values, zeros));
    }
    return factors;
  }

  private static double logProduct(double[] ascending, int dropped) {
    double sum = 0;
    for (int i = Math.min(dropped, ascending.length); i < ascending.length; i++) {
      sum += Math.log(Math.max(ascending[i], Double.MIN_NORMAL));
    }
    return sum;
  }

  private static double[][] part(double[][] matrix, int[] chosen) {
    double[][] part = new double[chosen.length][chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      for (int j = 0; j < chosen.length; j++) {
        part[i][j] = matrix[chosen[i]][chosen[j]];
      }
    }
    return part;
  }

  /** Eigenvalues of a symmetric matrix, ascending, by Jacobi's rotations. */
  static double[] eigenvalues(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = Arrays.stream(symmetric).map(double[]::clone).toArray(double[][]::new);
    for (int sweep = 0; sweep < SWEEPS && outside(a) > 1e-26 * n * n; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, p, q);
        }
      }
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> a[i][i]);
    Arrays.sort(values);
    return values;
  }

  private static double outside(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += a[i][j] * a[i][j];
      }
    }
    return sum;
  }

  private static void rotate(double[][] a, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (double[] row : a) {
      double left = row[p];
      double right = row[q];
      row[p] = c * left - s * right;
      row[q] = s * left + c * right;
    }
    for (int k = 0; k < a.length; k++) {
      double left = a[p][k];
      double right = a[q][k];
      a[p][k] = c * left - s * right;
      a[q][k] = s * left + c * right;
    }
  }
}
