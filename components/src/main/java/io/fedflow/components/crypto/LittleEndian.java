package io.fedflow.components.crypto;

import java.math.BigInteger;

/** Little-endian bytes of non-negative integers, in fixed widths. */
final class LittleEndian {

  private LittleEndian() {}

  /** Bytes that hold every residue below {@code modulus}. */
  static int width(BigInteger modulus) {
    return (modulus.bitLength() + 7) / 8;
  }

  /** Writes {@code value}, which fits {@code width} bytes, and zeros above it. */
  static void write(BigInteger value, byte[] bytes, int offset, int width) {
    byte[] bigEndian = value.toByteArray();
    int used = Math.min(bigEndian.length, width);
    for (int i = 0; i < used; i++) {
      bytes[offset + i] = bigEndian[bigEndian.length - 1 - i];
    }
    java.util.Arrays.fill(bytes, offset + used, offset + width, (byte) 0);
  }

  /** Reads a non-negative integer. */
  static BigInteger read(byte[] bytes, int offset, int width) {
    byte[] bigEndian = new byte[width];
    for (int i = 0; i < width; i++) {
      bigEndian[width - 1 - i] = bytes[offset + i];
    }
    return new BigInteger(1, bigEndian);
  }

  /** The index of the first number that is not below {@code limit}, or -1. */
  static int firstNotBelow(BigInteger limit, byte[] bytes, int offset, int width, int count) {
    byte[] top = new byte[width];
    write(limit, top, 0, width);
    for (int i = 0; i < count; i++) {
      if (!below(bytes, offset + i * width, top)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean below(byte[] bytes, int at, byte[] limit) {
    for (int i = limit.length - 1; i >= 0; i--) {
      int order = Byte.compareUnsigned(bytes[at + i], limit[i]);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }
}
