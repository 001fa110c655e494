package io.fedflow.components.statistics;

import java.util.Arrays;

/**
 * The values of a column that are present, in ascending order: exact quantiles. Immutable by
 * convention.
 */
public final class SortedValues {

  private final double[] sorted;

  private SortedValues(double[] sorted) {
    this.sorted = sorted;
  }

  /** Sorts numbers; NaN is a missing value. */
  public static SortedValues of(double[] values) {
    return new SortedValues(
        Arrays.stream(values).filter(v -> !Double.isNaN(v)).map(v -> v + 0.0).sorted().toArray());
  }

  /** How many values are present. */
  public int count() {
    return sorted.length;
  }

  /** The smallest value; NaN for no value. */
  public double minimum() {
    return quantile(0);
  }

  /** The largest value; NaN for no value. */
  public double maximum() {
    return quantile(1);
  }

  /**
   * The value of rank {@code ceil(share n)}, counted from 1; the first for share 0; NaN for no
   * value.
   *
   * @param share 0..1
   */
  public double quantile(double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(Math.max(1, (int) Math.ceil(share * sorted.length)), sorted.length) - 1];
  }

  /** The most frequent values, ascending; empty for no value. */
  public double[] modes() {
    int longest = 0;
    int found = 0;
    double[] modes = new double[sorted.length];
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      if (to - from > longest) {
        longest = to - from;
        found = 0;
      }
      if (to - from == longest) {
        modes[found++] = sorted[from];
      }
      from = to;
    }
    return Arrays.copyOf(modes, found);
  }
}
