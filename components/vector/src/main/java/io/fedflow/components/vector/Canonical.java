package io.fedflow.components.vector;

import java.math.BigInteger;

/**
 * Brings what a kernel computed modulo {@code N = n * k} back to [0, n): one block of an ordinary
 * Montgomery reduction by n takes away the 96 bits that N has more, and what is left is off by n at
 * most. Computes in columns of half a digit, whose products fit a long. Immutable and thread-safe.
 */
final class Canonical {

  private static final int COLUMN_BITS = LaneProducts.DIGIT_BITS / 2;
  private static final long MASK = (1L << COLUMN_BITS) - 1;
  private static final int BLOCK = 2 * LaneProducts.BLOCK;

  /** The modulus, shape [columns - 4], lowest column first, none negative. */
  private final long[] modulus;

  /** {@code -n^-1} modulo a column. */
  private final long negatedInverse;

  Canonical(BigInteger modulus, int digits) {
    this.modulus = new long[2 * digits - BLOCK];
    BigInteger rest = modulus;
    for (int j = 0; j < this.modulus.length; j++) {
      this.modulus[j] = rest.longValue() & MASK;
      rest = rest.shiftRight(COLUMN_BITS);
    }
    BigInteger base = BigInteger.ONE.shiftLeft(COLUMN_BITS);
    this.negatedInverse = base.subtract(modulus.modInverse(base)).longValue();
  }

  /** Columns of a number. */
  int columns() {
    return modulus.length + BLOCK;
  }

  /** Makes a signed digit two columns, the lower one not negative. */
  static void split(long digit, long[] columns, int index) {
    columns[2 * index] = digit & MASK;
    columns[2 * index + 1] = digit >> COLUMN_BITS;
  }

  /**
   * Divides a number by 2^96 modulo n, and writes it.
   *
   * @param columns of a number below N in magnitude, signed; overwritten
   * @param width bytes to write, enough for the modulus
   */
  void write(long[] columns, byte[] bytes, int offset, int width) {
    for (int i = 0; i < BLOCK; i++) {
      long quotient = signed(columns[i] * negatedInverse);
      for (int j = 0; j < modulus.length; j++) {
        columns[i + j] += quotient * modulus[j];
      }
      columns[i + 1] += columns[i] >> COLUMN_BITS;
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
    return value << (64 - COLUMN_BITS) >> (64 - COLUMN_BITS);
  }

  private void add(long[] columns, long times) {
    for (int j = 0; j < modulus.length; j++) {
      columns[BLOCK + j] += times * modulus[j];
    }
  }

  /** Carries until all columns but the last are in [0, 2^24); returns the last one. */
  private long settle(long[] columns) {
    int last = columns.length - 1;
    for (int j = BLOCK; j < last; j++) {
      columns[j + 1] += columns[j] >> COLUMN_BITS;
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
    int bytesOfColumn = COLUMN_BITS / 8;
    for (int b = 0; b < width; b++) {
      int column = BLOCK + b / bytesOfColumn;
      long value = column < columns.length ? columns[column] : 0;
      bytes[offset + b] = (byte) (value >> 8 * (b % bytesOfColumn));
    }
  }
}
