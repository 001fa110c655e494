package io.fedflow.components.crypto.aggregation;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;

/**
 * How real values of several parties become words whose sum fits 64 bits. The absolute error of a
 * sum is at most {@code parties * 2^-(scaleBits+1)}.
 *
 * @param parties how many add, 2..2^20
 * @param scaleBits bits behind the point
 * @param magnitudeBits bits before the point: values are at most {@code 2^magnitudeBits} in
 *     magnitude
 */
public record SumScale(int parties, int scaleBits, int magnitudeBits) {

  private static final int MOST_PARTIES = 1 << 20;
  private static final int WORD_BITS = 63;

  /**
   * Checks that a sum cannot wrap around.
   *
   * @throws CryptoException {@code crypto.overflow} if it can
   */
  public SumScale {
    if (parties < 2 || parties > MOST_PARTIES || scaleBits < 0 || magnitudeBits < 0) {
      throw new CryptoException(
          Reason.SHAPE, "a sum of " + parties + " parties; allowed are 2.." + MOST_PARTIES);
    }
    if (bitsOf(parties) + scaleBits + magnitudeBits >= WORD_BITS) {
      throw new CryptoException(
          Reason.OVERFLOW,
          "a sum of "
              + parties
              + " values of "
              + magnitudeBits
              + "+"
              + scaleBits
              + " bits does not fit 64 bits");
    }
  }

  /** As many bits behind the point as a word of so many parties holds. */
  public static SumScale of(int parties, int magnitudeBits) {
    return new SumScale(parties, WORD_BITS - 1 - bitsOf(parties) - magnitudeBits, magnitudeBits);
  }

  private static int bitsOf(int parties) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(parties - 1);
  }

  /** The largest magnitude of one party's word. */
  private double largest() {
    return Math.scalb(1.0, scaleBits + magnitudeBits);
  }

  /**
   * Words of values, and a last one that is 0.
   *
   * @param values shape [count]; read, not kept
   * @return shape [count + 1]
   * @throws CryptoException {@code crypto.out-of-range} naming the first index that is not finite
   *     or too large
   */
  long[] encode(double[] values) {
    double largest = largest();
    double scale = Math.scalb(1.0, scaleBits);
    long[] words = new long[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      double scaled = Math.rint(values[i] * scale);
      if (!(Math.abs(scaled) <= largest)) {
        throw new CryptoException(
            Reason.OUT_OF_RANGE,
            "the value at index "
                + i
                + " of a sum "
                + (Double.isFinite(values[i]) ? "exceeds 2^" + magnitudeBits : "is not finite"));
      }
      words[i] = (long) scaled;
    }
    return words;
  }

  /**
   * Values of the sum of all parties' words.
   *
   * @param words shape [count + 1]
   * @return shape [count]
   * @throws CryptoException {@code crypto.wrong-key} if the masks did not cancel
   */
  double[] decode(long[] words) {
    double most = largest() * parties;
    double unit = Math.scalb(1.0, -scaleBits);
    boolean cancelled = words[words.length - 1] == 0;
    double[] values = new double[words.length - 1];
    for (int i = 0; i < values.length; i++) {
      cancelled &= Math.abs((double) words[i]) <= most;
      values[i] = words[i] * unit;
    }
    if (!cancelled) {
      throw new CryptoException(
          Reason.WRONG_KEY,
          "the masks of a sum do not cancel: a party used another key, round or list of parties");
    }
    return values;
  }
}
