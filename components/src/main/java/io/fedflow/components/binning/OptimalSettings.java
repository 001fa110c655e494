package io.fedflow.components.binning;

import io.fedflow.component.Params;

/**
 * How first bins become the bins of an optimal binning. Immutable.
 *
 * @param metric what is optimised
 * @param binCount most bins, at least 1
 * @param leastShare smallest share of rows in a bin, 0..1
 * @param mostShare largest share of rows in a bin, above 0, at most 1
 * @param mixture whether bins need both classes
 */
record OptimalSettings(
    MergeMetric metric, int binCount, double leastShare, double mostShare, boolean mixture) {

  private static final int NUMBERS = 5;

  static OptimalSettings of(Params params) {
    Params optimal = params.object("optimal_binning_param");
    return new OptimalSettings(
        MergeMetric.named(optimal.text("metric_method")),
        params.integer("bin_num"),
        optimal.number("min_bin_pct"),
        optimal.number("max_bin_pct"),
        optimal.bool("mixture"));
  }

  /** As a message. */
  double[] toNumbers() {
    return new double[] {metric.ordinal(), binCount, leastShare, mostShare, mixture ? 1 : 0};
  }

  /**
   * Reads the message of a peer.
   *
   * @throws IllegalArgumentException that tells what is wrong with it
   */
  static OptimalSettings of(double[] numbers) {
    if (numbers.length != NUMBERS) {
      throw new IllegalArgumentException(numbers.length + " settings, allowed are " + NUMBERS);
    }
    MergeMetric[] metrics = MergeMetric.values();
    double metric = numbers[0];
    double bins = numbers[1];
    boolean known = metric >= 0 && metric < metrics.length && metric == Math.rint(metric);
    boolean counted = bins >= 1 && bins <= Integer.MAX_VALUE && bins == Math.rint(bins);
    boolean shares = numbers[2] >= 0 && numbers[2] <= 1 && numbers[3] > 0 && numbers[3] <= 1;
    if (!known || !counted || !shares) {
      throw new IllegalArgumentException("settings outside their ranges");
    }
    return new OptimalSettings(
        metrics[(int) metric], (int) bins, numbers[2], numbers[3], numbers[4] != 0);
  }

  /** Bins with fewer rows are small. */
  long leastRows(long rows) {
    return (long) Math.ceil(leastShare * rows);
  }

  /** Bins must not have more rows. */
  long mostRows(long rows) {
    return (long) Math.floor(mostShare * rows);
  }
}
