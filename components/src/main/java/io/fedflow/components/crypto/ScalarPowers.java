package io.fedflow.components.crypto;

/** Powers of residues to small signed exponents, one exponent each. */
final class ScalarPowers {

  private static final int SHORT_WINDOW = 3;
  private static final int WINDOW = 4;

  /** The longest exponents that the short window suits. */
  private static final int SHORT_BITS = 32;

  /** Residues that are raised side by side: their tables stay small. */
  private static final int AT_ONCE = 32;

  private ScalarPowers() {}

  /**
   * {@code values[i] = values[i] ^ exponents[i]} for i from {@code from} to {@code to - 1};
   * negative exponents by one inversion for all of them.
   *
   * @throws ArithmeticException if a residue with a negative exponent is not invertible
   */
  static void apply(ModularKernel kernel, long[] values, long[] exponents, int from, int to) {
    int[] negative =
        java.util.stream.IntStream.range(from, to).filter(i -> exponents[i] < 0).toArray();
    for (int at = from; at < to; at += AT_ONCE) {
      raise(kernel, values, exponents, at, Math.min(to, at + AT_ONCE));
    }
    Residues.invertAt(kernel, values, negative);
  }

  /** By windows that all residues share; magnitudes are read as unsigned. */
  private static void raise(
      ModularKernel kernel, long[] values, long[] exponents, int from, int to) {
    int words = kernel.words();
    int count = to - from;
    long longest = 0;
    for (int i = from; i < to; i++) {
      longest |= Math.abs(exponents[i]);
    }
    int bits = Math.max(1, 64 - Long.numberOfLeadingZeros(longest));
    int window = bits <= SHORT_BITS ? SHORT_WINDOW : WINDOW;
    long[] table = Residues.powers(kernel, values, from, count, 1 << Math.min(window, bits));
    int[] target = new int[count];
    int[] source = new int[count];
    int top = (bits - 1) / window;
    for (int d = top; d >= 0; d--) {
      if (d < top) {
        kernel.squareBatch(values, from, count, window);
      }
      int pairs = 0;
      for (int i = 0; i < count; i++) {
        int digit = (int) (Math.abs(exponents[from + i]) >>> (d * window)) & (1 << window) - 1;
        if (d == top) {
          System.arraycopy(table, (digit * count + i) * words, values, (from + i) * words, words);
        } else if (digit != 0) {
          target[pairs] = from + i;
          source[pairs++] = digit * count + i;
        }
      }
      kernel.mulIndexed(values, target, table, source, pairs, null);
    }
  }
}
