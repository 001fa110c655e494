package io.fedflow.components.selection;

import java.util.Arrays;
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
    double[] present = present(values);
    double mean = mean(present);
    double squares = 0;
    for (double value : present) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / Math.max(1, present.length));
  }

  /** |standard deviation / mean|, where a mean of about 0 counts as 1e-8. */
  static double variation(double[] values) {
    double mean = mean(present(values));
    return Math.abs(deviation(values) / (Math.abs(mean) < ZERO ? ZERO : mean));
  }

  /** The value of rank {@code ceil(share n)}; NaN for no value. */
  static double quantile(double[] values, double share) {
    double[] sorted = present(values);
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
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

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / Math.max(1, values.length);
  }

  private static double[] present(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
  }
}
