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
    int words = kernel.words();
    if (count == 0) {
      long[] one = new long[words];
      kernel.one(one, 0);
      return one;
    }
    long[] rest = Arrays.copyOfRange(residues, from * words, (from + count) * words);
    for (int left = count; left > 1; ) {
      int half = left / 2;
      kernel.mulBatch(rest, 0, rest, left - half, rest, 0, half);
      left -= half;
    }
    return Arrays.copyOf(rest, words);
  }

  /** Chains of products that run side by side in {@link #invertBatch}. */
  private static final int CHAINS = 8;

  /**
   * Inverts residues with one inversion of an integer and three products each (Montgomery, 1987).
   *
   * @throws ArithmeticException if a residue is not invertible
   */
  static void invertBatch(ModularKernel kernel, long[] values, int from, int count) {
    if (count == 0) {
      return;
    }
    int chains = count < 2 * CHAINS ? 1 : CHAINS;
    int words = kernel.words();
    long[] prefix = Arrays.copyOfRange(values, from * words, (from + count) * words);
    for (int i = chains; i < count; i += chains) {
      kernel.mulBatch(prefix, i, prefix, i - chains, prefix, i, Math.min(chains, count - i));
    }
    long[] running = ends(prefix, count, chains, words);
    if (chains == 1) {
      BigInteger all = leave(kernel, running, 0);
      running = enter(kernel, all.modInverse(kernel.modulus()));
    } else {
      invertBatch(kernel, running, 0, chains);
    }
    long[] next = new long[chains * words];
    for (int i = (count - 1) / chains * chains; i >= chains; i -= chains) {
      int row = Math.min(chains, count - i);
      kernel.mulBatch(running, 0, values, from + i, next, 0, row);
      kernel.mulBatch(running, 0, prefix, i - chains, values, from + i, row);
      System.arraycopy(next, 0, running, 0, row * words);
    }
    System.arraycopy(running, 0, values, from * words, chains * words);
  }

  /**
   * Inverts the residues at some positions, as {@link #invertBatch} does.
   *
   * @throws ArithmeticException if one of them is not invertible
   */
  static void invertAt(ModularKernel kernel, long[] values, int[] positions) {
    int words = kernel.words();
    long[] inverses = new long[positions.length * words];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(values, positions[i] * words, inverses, i * words, words);
    }
    invertBatch(kernel, inverses, 0, positions.length);
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(inverses, i * words, values, positions[i] * words, words);
    }
  }

  /** The last product of each chain; the last row may not reach all of them. */
  private static long[] ends(long[] prefix, int count, int chains, int words) {
    long[] ends = new long[chains * words];
    for (int chain = 0; chain < chains; chain++) {
      int last = (count - 1 - chain) / chains * chains + chain;
      System.arraycopy(prefix, last * words, ends, chain * words, words);
    }
    return ends;
  }

  private static final int POWER_WINDOW = 4;

  /** Residues that are raised side by side: their tables stay small. */
  private static final int POWERS_AT_ONCE = 32;

  /** Raises consecutive residues to one non-negative exponent, by windows of 4 bits. */
  static void powShared(
      ModularKernel kernel, long[] in, int inFrom, int count, BigInteger exponent, long[] out) {
    int words = kernel.words();
    for (int at = 0; at < count; at += POWERS_AT_ONCE) {
      int batch = Math.min(POWERS_AT_ONCE, count - at);
      long[] powers = power(kernel, in, inFrom + at, batch, exponent);
      System.arraycopy(powers, 0, out, at * words, batch * words);
    }
  }

  private static long[] power(
      ModularKernel kernel, long[] in, int from, int count, BigInteger exponent) {
    int words = kernel.words();
    int window = exponent.bitLength() <= 32 ? 1 : POWER_WINDOW;
    long[] table = powers(kernel, in, from, count, 1 << window);
    long[] acc = new long[count * words];
    int top = Math.max(0, (exponent.bitLength() - 1) / window);
    for (int d = top; d >= 0; d--) {
      int digit = digit(exponent, d * window, window);
      if (d == top) {
        System.arraycopy(table, digit * count * words, acc, 0, acc.length);
        continue;
      }
      kernel.squareBatch(acc, 0, count, window);
      if (digit != 0) {
        kernel.mulBatch(acc, 0, table, digit * count, acc, 0, count);
      }
    }
    return acc;
  }

  /** The powers 0 to {@code powers - 1} of residues, one batch after the other. */
  static long[] powers(ModularKernel kernel, long[] in, int from, int count, int powers) {
    int words = kernel.words();
    long[] table = new long[powers * count * words];
    for (int i = 0; i < count; i++) {
      kernel.one(table, i);
    }
    System.arraycopy(in, from * words, table, count * words, count * words);
    for (int power = 2; power < powers; power++) {
      kernel.mulBatch(table, (power - 1) * count, table, count, table, power * count, count);
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
