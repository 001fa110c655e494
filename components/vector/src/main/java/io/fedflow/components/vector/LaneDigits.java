package io.fedflow.components.vector;

import java.math.BigInteger;

/** Cuts numbers into signed digits of 48 bits, at most 2^47 in magnitude but for the last one. */
final class LaneDigits {

  private static final long HALF = 1L << (LaneProducts.DIGIT_BITS - 1);
  private static final long BASE = 1L << LaneProducts.DIGIT_BITS;
  private static final int BYTES = LaneProducts.DIGIT_BITS / 8;

  private LaneDigits() {}

  /**
   * The digits of a number, lowest first.
   *
   * @param value non-negative
   * @throws ArithmeticException if it has more digits
   */
  static double[] of(BigInteger value, int digits) {
    double[] out = new double[digits];
    BigInteger rest = value;
    for (int j = 0; j < digits && rest.signum() != 0; j++) {
      long digit = rest.longValue() & (BASE - 1);
      rest = rest.shiftRight(LaneProducts.DIGIT_BITS);
      if (digit >= HALF) {
        digit -= BASE;
        rest = rest.add(BigInteger.ONE);
      }
      out[j] = digit;
    }
    if (rest.signum() != 0) {
      throw new ArithmeticException(value.bitLength() + " bits do not fit " + digits + " digits");
    }
    return out;
  }

  /** Cuts little-endian bytes, and makes the digits one lane of the left operand. */
  static void read(byte[] bytes, int offset, int width, LaneSpace space, int lane, int digits) {
    long carry = 0;
    for (int j = 0; j < digits; j++) {
      int at = j * BYTES;
      long digit = carry;
      for (int b = 0; b < BYTES && at + b < width; b++) {
        digit += (bytes[offset + at + b] & 0xFFL) << 8 * b;
      }
      carry = digit >= HALF ? 1 : 0;
      space.leftDigit(j, lane, digit - carry * BASE);
    }
  }
}
