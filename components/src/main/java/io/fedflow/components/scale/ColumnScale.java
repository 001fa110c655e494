package io.fedflow.components.scale;

import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.statistics.Moments;
import io.fedflow.components.statistics.SortedValues;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;

/**
 * How one column is scaled. Immutable.
 *
 * @param upper values above it are cut down to it
 * @param lower values below it are raised to it
 * @param mean what is subtracted by the standard method
 * @param deviation what the standard method divides by
 */
record ColumnScale(double upper, double lower, double mean, double deviation) {

  /** A spread below this does not tell values apart, and is taken for 1. */
  private static final double SMALLEST = 1e-6;

  /** What a conf says about the range of one column; null for no bound. */
  record Bounds(Number upper, Number lower, boolean quantiles) {}

  /**
   * Learns from a column.
   *
   * @throws FedflowException {@code columns.empty} (INVALID) if no value is present, {@code
   *     scale.range} (INVALID) if the values are so large that their spread is not finite
   */
  static ColumnScale fit(
      String column, double[] values, Bounds bounds, boolean withMean, boolean withDeviation) {
    FeatureColumns.requirePresent(column, values);
    SortedValues sorted = SortedValues.of(values);
    double upper;
    double lower;
    if (bounds.quantiles()) {
      upper = sorted.quantile(bounds.upper() == null ? 1 : bounds.upper().doubleValue());
      lower = sorted.quantile(bounds.lower() == null ? 0 : bounds.lower().doubleValue());
    } else {
      upper = within(sorted.maximum(), bounds);
      lower = within(sorted.minimum(), bounds);
    }
    ColumnScale range = new ColumnScale(upper, lower, 0, 1);
    double[] cut = new double[values.length];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = range.cut(values[i]);
    }
    Moments moments = Moments.of(cut);
    double deviation = moments.deviation();
    if (!Double.isFinite(deviation) || !Double.isFinite(upper - lower)) {
      throw ColumnException.of(
          "scale.range",
          column,
          "found values whose spread is beyond what a number holds, allowed are values up"
              + " to about 1e150; set feat_upper and feat_lower, or remove them first");
    }
    return new ColumnScale(
        upper,
        lower,
        withMean ? moments.mean() : 0,
        withDeviation && deviation >= SMALLEST ? deviation : 1);
  }

  /** The scaled values; a missing value stays missing. */
  double[] apply(double[] values, ScaleMethod method) {
    double spread = upper - lower < SMALLEST ? 1 : upper - lower;
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      double value = cut(values[i]);
      scaled[i] =
          switch (method) {
            case STANDARD_SCALE -> (value - mean) / deviation;
            case MIN_MAX_SCALE -> (value - lower) / spread;
            case NONE -> values[i];
          };
    }
    return scaled;
  }

  private double cut(double value) {
    return value > upper ? upper : value < lower ? lower : value;
  }

  private static double within(double value, Bounds bounds) {
    double cut = value;
    if (bounds.upper() != null) {
      cut = Math.min(cut, bounds.upper().doubleValue());
    }
    if (bounds.lower() != null) {
      cut = Math.max(cut, bounds.lower().doubleValue());
    }
    return cut;
  }
}
