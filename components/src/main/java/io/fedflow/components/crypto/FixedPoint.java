package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;

/**
 * Fixed-point encoding of doubles with one scale for a whole tensor: {@code mantissa = round(value
 * * 2^scaleBits)}, ties to even. Values satisfy {@code |value| <= 2^magnitudeBits}.
 *
 * <p>The absolute error of one value is at most {@code 2^-(scaleBits+1)}.
 *
 * @param scaleBits bits behind the point, 0..62
 * @param magnitudeBits bits before the point, 0..62; the sum of both is at most 62
 */
public record FixedPoint(int scaleBits, int magnitudeBits) {

  /** Errors below 5e-13 for values up to a million. */
  public static final FixedPoint DEFAULT = new FixedPoint(40, 20);

  private static final int MANTISSA_BITS = 62;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they are out of range
   */
  public FixedPoint {
    if (scaleBits < 0 || magnitudeBits < 0 || scaleBits + magnitudeBits > MANTISSA_BITS) {
      throw new IllegalArgumentException(
          "fixed point of " + magnitudeBits + "+" + scaleBits + " bits; at most " + MANTISSA_BITS);
    }
  }

  /** The largest |mantissa|. */
  public long largestMantissa() {
    return 1L << (scaleBits + magnitudeBits);
  }

  /**
   * Encodes a tensor.
   *
   * @param values shape [count]; read, not retained
   * @return bound {@link #largestMantissa()}, whatever the values are
   * @throws CryptoException with reason OUT_OF_RANGE that names the first index that is NaN,
   *     infinite or too large
   */
  public PlaintextBatch encode(double[] values) {
    BigInteger[] mantissas = new BigInteger[values.length];
    for (int i = 0; i < values.length; i++) {
      mantissas[i] = BigInteger.valueOf(mantissa(values[i], i));
    }
    return new PlaintextBatch(mantissas, scaleBits, BigInteger.valueOf(largestMantissa()));
  }

  /**
   * Encodes one value.
   *
   * @param index names the value in a refusal
   * @throws CryptoException with reason OUT_OF_RANGE if it is NaN, infinite or too large
   */
  long mantissa(double value, int index) {
    double scaled = Math.rint(Math.scalb(value, scaleBits));
    if (Math.abs(scaled) <= largestMantissa()) {
      return (long) scaled;
    }
    String found =
        Double.isNaN(value)
            ? "is NaN"
            : Double.isInfinite(value) ? "is infinite" : "exceeds 2^" + magnitudeBits;
    throw new CryptoException(Reason.OUT_OF_RANGE, "the value at index " + index + " " + found);
  }

  /** {@code mantissa * 2^-scaleBits}, rounded to the nearest double where that is normal. */
  static double toDouble(BigInteger mantissa, int scaleBits) {
    int excess = mantissa.bitLength() - 1000;
    if (excess <= 0) {
      return Math.scalb(mantissa.doubleValue(), -scaleBits);
    }
    return Math.scalb(mantissa.shiftRight(excess).doubleValue(), excess - scaleBits);
  }
}
