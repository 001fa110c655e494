package io.fedflow.components.statistics;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;

/**
 * The statistics of one column. Immutable.
 *
 * @param column its name
 * @param rows how many rows there are
 * @param moments of the values that are present
 * @param sorted the values that are present
 * @param biased whether skewness and kurtosis are not corrected for the number of values
 */
record ColumnStatistics(
    String column, int rows, Moments moments, SortedValues sorted, boolean biased) {

  /** What is smaller counts as zero. */
  private static final double ZERO = 1e-8;

  /**
   * The value of a statistic.
   *
   * @param name one that {@link StatisticNames#resolve} gives
   * @return a finite number
   * @throws FedflowException {@code statistics.few} (INVALID) if a correction needs more values,
   *     {@code statistics.range} (INVALID) if the values are so large that there is no such number
   */
  double value(String name) {
    double value = computed(name);
    if (!Double.isFinite(value)) {
      throw ColumnException.of(
          "statistics.range",
          column,
          "found values whose "
              + name
              + " is beyond what a number holds, allowed are smaller ones, about 1e75 for kurtosis;"
              + " list such values in abnormal_list, or measure less");
    }
    return value;
  }

  private double computed(String name) {
    return switch (name) {
      case "count" -> moments.count();
      case "sum" -> moments.sum();
      case "mean" -> moments.mean();
      case "variance" -> variance();
      case "stddev" -> deviation();
      case "median" -> sorted.quantile(0.5);
      case "min" -> sorted.minimum();
      case "max" -> sorted.maximum();
      case "missing_count" -> rows - moments.count();
      case "missing_ratio" -> (double) (rows - moments.count()) / rows;
      case "coefficient_of_variance" -> variation();
      case "skewness" -> skewness();
      case "kurtosis" -> kurtosis();
      default -> sorted.quantile(StatisticNames.percent(name).orElseThrow() / 100.0);
    };
  }

  private double variance() {
    return moments.second() < ZERO ? 0 : moments.second();
  }

  private double deviation() {
    return Math.sqrt(variance());
  }

  private double variation() {
    double mean = Math.abs(moments.mean()) < ZERO ? ZERO : moments.mean();
    return Math.abs(deviation() / mean);
  }

  private double skewness() {
    if (variance() == 0) {
      return 0;
    }
    double skewness = moments.third() / Math.pow(variance(), 1.5);
    if (biased) {
      return skewness;
    }
    double n = values(3);
    return skewness * Math.sqrt(n * (n - 1)) / (n - 2);
  }

  private double kurtosis() {
    if (variance() == 0) {
      return -3;
    }
    double ratio = moments.fourth() / (variance() * variance());
    if (biased) {
      return ratio - 3;
    }
    double n = values(4);
    return ((n * n - 1) * ratio - 3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3));
  }

  private double values(int fewest) {
    if (moments.count() < fewest) {
      throw ColumnException.of(
          "statistics.few",
          column,
          "found " + moments.count() + " values, bias false needs at least " + fewest);
    }
    return moments.count();
  }
}
