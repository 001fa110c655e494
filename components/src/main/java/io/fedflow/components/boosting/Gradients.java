package io.fedflow.components.boosting;

import io.fedflow.failure.FedflowException;

/**
 * Derivatives of the loss as whole numbers at two binary scales, so that sums are exact in whatever
 * order and at whichever party they are made. The scales are as fine as sums over all rows leave
 * room for in a long; they stay at the guest. Immutable by convention.
 *
 * @param g first derivatives, each of {@code -offset..offset}
 * @param h second derivatives, each of {@code 0..largest}
 * @param scales what they mean
 */
record Gradients(long[] g, long[] h, Scales scales) {

  /** Finer ones would be below a double's own precision. */
  private static final int FINEST = 52;

  private static final long LARGEST_SUM = (1L << 62) - 1;

  /**
   * Binary scales: a whole number m means {@code m * 2^-scale}.
   *
   * @param first of first derivatives
   * @param second of second derivatives
   */
  record Scales(int first, int second) {}

  /** The largest whole number of a row among so many: public, as it follows from their count. */
  static long largest(int rows) {
    return LARGEST_SUM / Math.max(1, rows);
  }

  /** What is added to first derivatives so that none is negative. */
  static long offset(int rows) {
    return largest(rows) / 2;
  }

  /**
   * Encodes derivatives.
   *
   * @param derivatives shape [2][rows]
   * @throws FedflowException {@code training.diverged} (INVALID) if one is not finite
   */
  static Gradients of(double[][] derivatives) {
    int rows = derivatives[0].length;
    int first = scale(derivatives[0], offset(rows));
    int second = scale(derivatives[1], largest(rows));
    return new Gradients(
        encode(derivatives[0], first), encode(derivatives[1], second), new Scales(first, second));
  }

  /** How many rows. */
  int rows() {
    return g.length;
  }

  private static int scale(double[] values, long largest) {
    double most = 0;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw FedflowException.invalid(
            "training.diverged",
            "a derivative of the loss is not finite; lower learning_rate, or scale the label");
      }
      most = Math.max(most, Math.abs(value));
    }
    if (most == 0) {
      return FINEST;
    }
    // One bit less than fits, which leaves room for rounding.
    int room = Long.SIZE - 1 - Long.numberOfLeadingZeros(largest) - 1;
    return Math.min(FINEST, room - Math.getExponent(most));
  }

  private static long[] encode(double[] values, int scale) {
    long[] encoded = new long[values.length];
    for (int row = 0; row < encoded.length; row++) {
      encoded[row] = (long) Math.rint(Math.scalb(values[row], scale));
    }
    return encoded;
  }
}
