package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/** Single residues and algorithms that need nothing but a kernel's products. */
final class Residues {

  private Residues() {}

  /** Enters one integer of [0, modulus). */
  static long[] enter(ModularKernel kernel, BigInteger value) {
    return enterAll(kernel, new BigInteger[] {value});
  }

  /** Enters integers of [0, modulus). */
  static long[] enterAll(ModularKernel kernel, BigInteger[] values) {
    long[] out = new long[values.length * kernel.words()];
    enter(kernel, values, 0, out, 0, values.length);
    return out;
  }

  static void enter(
      ModularKernel kernel, BigInteger[] values, int from, long[] out, int outFrom, int count) {
    int width = LittleEndian.width(kernel.modulus());
    byte[] bytes = new byte[width * count];
    for (int i = 0; i < count; i++) {
      LittleEndian.write(values[from + i], bytes, i * width, width);
    }
    kernel.load(bytes, 0, width, out, outFrom, count);
  }

  /** Leaves with one residue. */
  static BigInteger leave(ModularKernel kernel, long[] residues, int index) {
    return leaveAll(kernel, residues, index, 1)[0];
  }

  /** Leaves with {@code count} consecutive residues. */
  static BigInteger[] leaveAll(ModularKernel kernel, long[] residues, int from, int count) {
    int width = LittleEndian.width(kernel.modulus());
    byte[] bytes = new byte[width * count];
    kernel.store(residues, from, count, bytes, 0, width);
    BigInteger[] out = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      out[i] = LittleEndian.read(bytes, i * width, width);
    }
    return out;
  }

  /** The product of {@code count} consecutive residues, in a new array; 1 of none. */
  static long[] product(ModularKernel kernel, long[] residues, int from, int count) {
    long[] out = new long[kernel.words()];
    kernel.one(out, 0);
    for (int i = 0; i < count; i++) {
      kernel.mulBatch(out, 0, residues, from + i, out, 0, 1);
    }
    return out;
  }

  /**
   * Inverts residues with one inversion of an integer and three products each (Montgomery, 1987).
   *
   * @throws ArithmeticException if a residue is not invertible
   */
  static void invertBatch(ModularKernel kernel, long[] values, int from, int count) {
    if (count == 0) {
      return;
    }
    int words = kernel.words();
    long[] prefix = Arrays.copyOfRange(values, from * words, (from + count) * words);
    for (int i = 1; i < count; i++) {
      kernel.mulBatch(prefix, i, prefix, i - 1, prefix, i, 1);
    }
    BigInteger all = leave(kernel, prefix, count - 1);
    long[] running = enter(kernel, all.modInverse(kernel.modulus()));
    long[] next = new long[words];
    for (int i = count - 1; i > 0; i--) {
      kernel.mulBatch(running, 0, values, from + i, next, 0, 1);
      kernel.mulBatch(running, 0, prefix, i - 1, values, from + i, 1);
      System.arraycopy(next, 0, running, 0, words);
    }
    System.arraycopy(running, 0, values, from * words, words);
  }

  /** Raises consecutive residues to one non-negative exponent, by windows of 4 bits. */
  static void powShared(
      ModularKernel kernel, long[] in, int inFrom, int count, BigInteger exponent, long[] out) {
    int words = kernel.words();
    for (int i = 0; i < count; i++) {
      long[] power = power(kernel, in, inFrom + i, exponent);
      System.arraycopy(power, 0, out, i * words, words);
    }
  }

  private static final int POWER_WINDOW = 4;

  private static long[] power(ModularKernel kernel, long[] in, int index, BigInteger exponent) {
    int words = kernel.words();
    long[] acc = new long[words];
    kernel.one(acc, 0);
    int window = exponent.bitLength() <= 32 ? 1 : POWER_WINDOW;
    long[] table = powers(kernel, in, index, 1 << window);
    int digits = (exponent.bitLength() + window - 1) / window;
    for (int d = digits - 1; d >= 0; d--) {
      if (d < digits - 1) {
        kernel.squareBatch(acc, 0, 1, window);
      }
      int digit = digit(exponent, d * window, window);
      if (digit != 0) {
        kernel.mulBatch(acc, 0, table, digit, acc, 0, 1);
      }
    }
    return acc;
  }

  /** The powers 0 to {@code count - 1} of a residue. */
  private static long[] powers(ModularKernel kernel, long[] in, int index, int count) {
    long[] table = new long[count * kernel.words()];
    kernel.one(table, 0);
    for (int i = 1; i < count; i++) {
      kernel.mulBatch(table, i - 1, in, index, table, i, 1);
    }
    return table;
  }

  private static int digit(BigInteger exponent, int from, int bits) {
    int digit = 0;
    for (int b = bits - 1; b >= 0; b--) {
      digit = digit << 1 | (exponent.testBit(from + b) ? 1 : 0);
    }
    return digit;
  }
}
