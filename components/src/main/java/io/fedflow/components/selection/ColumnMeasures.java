package io.fedflow.components.selection;

import io.fedflow.components.statistics.Moments;
import io.fedflow.components.statistics.SortedValues;
import java.util.HashMap;
import java.util.Map;

/** What filters judge a party's own columns by. Missing values (NaN) are left out. Stateless. */
final class ColumnMeasures {

  /** Below this, a mean counts as zero. */
  private static final double ZERO = 1e-8;

  private static final double EIGHT_DIGITS = 1e8;

  private ColumnMeasures() {}

  /** The population standard deviation; 0 for no value. */
  static double deviation(double[] values) {
    return Moments.of(values).deviation();
  }

  /** |standard deviation / mean|, where a mean of about 0 counts as 1e-8. */
  static double variation(double[] values) {
    Moments moments = Moments.of(values);
    return Math.abs(
        moments.deviation() / (Math.abs(moments.mean()) < ZERO ? ZERO : moments.mean()));
  }

  /** The value of rank {@code ceil(share n)}; NaN for no value. */
  static double quantile(double[] values, double share) {
    return SortedValues.of(values).quantile(share);
  }

  /** How many rows have the most frequent value, compared to eight digits. */
  static int mostFrequent(double[] values) {
    Map<Double, Integer> counts = new HashMap<>();
    int most = 0;
    for (double value : values) {
      double rounded = Math.rint(value * EIGHT_DIGITS) / EIGHT_DIGITS;
      most = Math.max(most, counts.merge(rounded + 0.0, 1, Integer::sum));
    }
    return most;
  }
}
