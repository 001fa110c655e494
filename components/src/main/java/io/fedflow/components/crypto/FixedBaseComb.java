package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Powers of one fixed base by a comb (Lim and Lee, CRYPTO 1994).
 *
 * <p>The exponent is cut into {@code teeth} rows, each row into {@code blocks} blocks; one table
 * look-up handles a bit of every row. An exponent of b bits costs {@code b / teeth} products and
 * {@code b / (teeth * blocks)} squarings; the table holds {@code blocks * 2^teeth} residues.
 *
 * <p>Immutable and thread-safe once built. Look-ups are indexed by the exponent.
 */
final class FixedBaseComb {

  /** Powers that are computed side by side: they stay close to the processor. */
  private static final int POWERS_AT_ONCE = 64;

  private final ModularKernel kernel;
  private final int teeth;
  private final int blocks;
  private final int rowBits;
  private final int blockBits;
  private final long[] table;

  /**
   * Builds the table.
   *
   * @param base one residue of {@code kernel}
   * @param exponentBits the longest exponent, in bits; at least 1
   */
  FixedBaseComb(ModularKernel kernel, long[] base, int exponentBits, int teeth, int blocks) {
    this.kernel = kernel;
    this.teeth = teeth;
    this.blockBits = (exponentBits + teeth * blocks - 1) / (teeth * blocks);
    this.blocks = blocks;
    this.rowBits = blockBits * blocks;
    this.table = new long[(blocks << teeth) * kernel.words()];
    fill(base);
  }

  private void fill(long[] base) {
    int words = kernel.words();
    long[] power = base.clone();
    for (int row = 0; row < teeth; row++) {
      for (int block = 0; block < blocks; block++) {
        int single = (block << teeth) + (1 << row);
        System.arraycopy(power, 0, table, single * words, words);
        kernel.squareBatch(power, 0, 1, blockBits);
      }
    }
    for (int block = 0; block < blocks; block++) {
      int first = block << teeth;
      kernel.one(table, first);
      for (int row = 1; row < teeth; row++) {
        int single = 1 << row;
        kernel.mulShared(
            table, first + 1, table, first + single, table, first + single + 1, single - 1);
      }
    }
  }

  /**
   * Raises the base to each exponent.
   *
   * @param exponents non-negative, at most the bits given when built
   * @param out receives {@code to - from} residues from position {@code outFrom}
   */
  void pow(BigInteger[] exponents, int from, int to, long[] out, int outFrom) {
    for (int at = from; at < to; at += POWERS_AT_ONCE) {
      int end = Math.min(to, at + POWERS_AT_ONCE);
      powTogether(exponents, at, end, out, outFrom + at - from);
    }
  }

  private void powTogether(BigInteger[] exponents, int from, int to, long[] out, int outFrom) {
    int count = to - from;
    int[] targets = new int[count * blocks];
    int[] sources = new int[count * blocks];
    for (int i = 0; i < count; i++) {
      java.util.Arrays.fill(targets, i * blocks, (i + 1) * blocks, outFrom + i);
    }
    boolean[] filled = new boolean[outFrom + count];
    for (int bit = blockBits - 1; bit >= 0; bit--) {
      if (bit < blockBits - 1) {
        kernel.squareBatch(out, outFrom, count, 1);
      }
      for (int i = 0; i < count; i++) {
        for (int block = 0; block < blocks; block++) {
          sources[i * blocks + block] =
              (block << teeth) + column(exponents[from + i], block * blockBits + bit);
        }
      }
      kernel.mulIndexed(out, targets, table, sources, targets.length, filled);
    }
  }

  private int column(BigInteger exponent, int bit) {
    int digit = 0;
    for (int row = teeth - 1; row >= 0; row--) {
      digit = digit << 1 | (exponent.testBit(row * rowBits + bit) ? 1 : 0);
    }
    return digit;
  }
}
