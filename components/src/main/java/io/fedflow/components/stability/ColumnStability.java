package io.fedflow.components.stability;

import io.fedflow.components.binning.Bins;
import io.fedflow.components.columns.FeatureColumns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The stability of one column. Bins are of about equal counts in the expected rows; missing values
 * are a bin of their own, the last. Immutable.
 *
 * @param column its name
 * @param psi the index of each bin
 * @param intervals each bin in words
 * @param expected share of the expected rows in each bin; 1e-6 for none
 * @param actual share of the actual rows in each bin; 1e-6 for none
 */
record ColumnStability(
    String column,
    List<Double> psi,
    List<String> intervals,
    List<Double> expected,
    List<Double> actual) {

  /** Stands for a share of nothing, whose logarithm there is not. */
  private static final double NONE = 1e-6;

  private static final int DIGITS = 6;

  /**
   * Compares.
   *
   * @throws io.fedflow.failure.FedflowException {@code columns.empty} (INVALID) if no expected
   *     value is present
   */
  static ColumnStability of(String column, double[] expected, double[] actual, int binCount) {
    FeatureColumns.requirePresent(column, expected);
    Bins bins = Bins.quantile(column, expected, binCount);
    List<Double> first = shares(bins, expected);
    List<Double> second = shares(bins, actual);
    List<Double> psi = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      psi.add((second.get(i) - first.get(i)) * Math.log(second.get(i) / first.get(i)));
    }
    return new ColumnStability(column, psi, intervals(column, bins), first, second);
  }

  /** The index of the column. */
  double total() {
    return psi.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static List<Double> shares(Bins bins, double[] values) {
    int[] counts = new int[bins.count() + 1];
    for (int bin : bins.indexesOf(values)) {
      counts[bin]++;
    }
    List<Double> shares = new ArrayList<>();
    for (int count : counts) {
      shares.add(count == 0 ? NONE : (double) count / values.length);
    }
    return shares;
  }

  private static List<String> intervals(String column, Bins bins) {
    double[] points = bins.points();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      // The last bin is open above: later rows may hold larger values.
      words.add(
          (i == 0 ? "" : rounded(points[i - 1]) + "<")
              + column
              + (i == points.length - 1 ? "" : "<=" + rounded(points[i])));
    }
    words.add("missing");
    return words;
  }

  private static String rounded(double value) {
    return BigDecimal.valueOf(value)
        .setScale(DIGITS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
