package io.fedflow.components.vector;

import java.math.BigInteger;

/**
 * Brings what a kernel computed modulo {@code N = n * k} back to [0, n): one block of an ordinary
 * Montgomery reduction by n takes away the 96 bits that N has more, and what is left is off by n at
 * most. Immutable and thread-safe.
 */
final class Canonical {

  private static final int DIGIT_BITS = LaneProducts.DIGIT_BITS;
  private static final long MASK = (1L << DIGIT_BITS) - 1;
  private static final int BLOCK = LaneProducts.BLOCK;

  /** The modulus, shape [digits - 4], lowest digit first, none negative. */
  private final long[] modulus;

  /** {@code -n^-1} modulo a digit. */
  private final long negatedInverse;

  Canonical(BigInteger modulus, int digits) {
    this.modulus = new long[digits - BLOCK];
    BigInteger rest = modulus;
    for (int j = 0; j < this.modulus.length; j++) {
      this.modulus[j] = rest.longValue() & MASK;
      rest = rest.shiftRight(DIGIT_BITS);
    }
    BigInteger base = BigInteger.ONE.shiftLeft(DIGIT_BITS);
    this.negatedInverse = base.subtract(modulus.modInverse(base)).longValue();
  }

  /**
   * Divides a number by 2^96 modulo n, and writes it.
   *
   * @param columns signed digits of a number below N in magnitude; overwritten
   * @param width bytes to write, enough for the modulus
   */
  void write(long[] columns, byte[] bytes, int offset, int width) {
    for (int i = 0; i < BLOCK; i++) {
      long quotient = signed(columns[i] * negatedInverse);
      for (int j = 0; j < modulus.length; j++) {
        columns[i + j] += quotient * modulus[j];
      }
      columns[i + 1] += columns[i] >> DIGIT_BITS;
    }
    while (settle(columns) < 0) {
      add(columns, 1);
    }
    while (notBelow(columns)) {
      add(columns, -1);
      settle(columns);
    }
    bytes(columns, bytes, offset, width);
  }

  private static long signed(long value) {
    return value << (64 - DIGIT_BITS) >> (64 - DIGIT_BITS);
  }

  private void add(long[] columns, long times) {
    for (int j = 0; j < modulus.length; j++) {
      columns[BLOCK + j] += times * modulus[j];
    }
  }

  /** Carries until all digits but the last are in [0, 2^24); returns the last one. */
  private long settle(long[] columns) {
    int last = columns.length - 1;
    for (int j = BLOCK; j < last; j++) {
      columns[j + 1] += columns[j] >> DIGIT_BITS;
      columns[j] &= MASK;
    }
    return columns[last];
  }

  private boolean notBelow(long[] columns) {
    for (int j = modulus.length - 1; j >= 0; j--) {
      if (columns[BLOCK + j] != modulus[j]) {
        return columns[BLOCK + j] > modulus[j];
      }
    }
    return true;
  }

  private static void bytes(long[] columns, byte[] bytes, int offset, int width) {
    int bytesOfDigit = DIGIT_BITS / 8;
    for (int b = 0; b < width; b++) {
      int column = BLOCK + b / bytesOfDigit;
      long digit = column < columns.length ? columns[column] : 0;
      bytes[offset + b] = (byte) (digit >> 8 * (b % bytesOfDigit));
    }
  }
}
