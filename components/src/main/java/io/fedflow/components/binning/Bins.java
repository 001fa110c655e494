package io.fedflow.components.binning;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import java.util.Arrays;

/**
 * The bins of one column: {@code (s[i-1], s[i]]} for ascending split points s, the last one open
 * above. A missing value (NaN) falls into a bin of its own behind the others. Immutable.
 *
 * <p>Split points follow FATE 1.11's {@code federatedml/feature/binning}.
 */
public final class Bins {

  private final double[] points;

  private Bins(double[] ascending) {
    this.points = ascending;
  }

  /**
   * Bins over given points.
   *
   * @param ascending split points, ascending and distinct; the last only closes the last bin
   */
  public static Bins of(double... ascending) {
    return new Bins(ascending.clone());
  }

  /**
   * Bins of about equal counts: cut at the values of rank {@code ceil(q n)} (1-based) of the n
   * present values, for {@code q = i (1/b)} in double arithmetic, and at the maximum. Exact for
   * every n: FATE's sketch is as exact only up to {@code 1 / (2 error)} rows.
   *
   * @param column the column's name, for messages
   * @throws FedflowException {@code binning.empty} (INVALID) if no value is present
   */
  public static Bins quantile(String column, double[] values, int binCount) {
    double[] sorted = present(column, values);
    double[] cuts = new double[binCount];
    // The quotient is rounded before the product is, as FATE does it: 3 * 0.1 is above 0.3.
    double share = 1.0 / binCount;
    for (int i = 1; i < binCount; i++) {
      int rank = (int) Math.ceil(i * share * sorted.length);
      cuts[i - 1] = sorted[Math.min(Math.max(rank, 1), sorted.length) - 1];
    }
    cuts[binCount - 1] = sorted[sorted.length - 1];
    return distinct(cuts);
  }

  /**
   * Bins of equal width between minimum and maximum.
   *
   * @throws FedflowException {@code binning.empty} (INVALID) if no value is present
   */
  public static Bins bucket(String column, double[] values, int binCount) {
    double[] sorted = present(column, values);
    double minimum = sorted[0];
    double maximum = sorted[sorted.length - 1];
    double[] cuts = new double[binCount];
    for (int k = 1; k < binCount; k++) {
      cuts[k - 1] = minimum + k * (maximum - minimum) / binCount;
    }
    cuts[binCount - 1] = maximum;
    return distinct(cuts);
  }

  /**
   * One bin per distinct value.
   *
   * @throws FedflowException {@code binning.empty} (INVALID) if no value is present
   */
  public static Bins category(String column, double[] values) {
    return distinct(present(column, values));
  }

  /** How many bins there are, the one for missing values not counted. */
  public int count() {
    return points.length;
  }

  /** A copy of the split points, ascending. */
  public double[] points() {
    return points.clone();
  }

  /** The bin of a value, 0..{@link #count()}; the largest is the bin of missing values. */
  public int indexOf(double value) {
    if (Double.isNaN(value)) {
      return points.length;
    }
    int at = Arrays.binarySearch(points, value);
    return Math.min(at < 0 ? -at - 1 : at, points.length - 1);
  }

  /** The bin of every value. */
  public int[] indexesOf(double[] values) {
    int[] bins = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      // Adding zero turns -0.0, which binarySearch takes for smaller than a cut at 0.0, into 0.0.
      bins[i] = indexOf(values[i] + 0.0);
    }
    return bins;
  }

  /** How many bins the values use: one more than {@link #count()} if a value is missing. */
  public int countFor(double[] values) {
    return count() + (Arrays.stream(values).anyMatch(Double::isNaN) ? 1 : 0);
  }

  private static double[] present(String column, double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      throw ColumnException.of(
          "binning.empty", column, "found no value that is present, allowed is at least one");
    }
    return sorted;
  }

  private static Bins distinct(double[] cuts) {
    return new Bins(Arrays.stream(cuts).map(v -> v + 0.0).sorted().distinct().toArray());
  }
}
