package io.fedflow.components.crypto;

/** Powers of residues to small signed exponents, one exponent each. */
final class ScalarPowers {

  private static final int WINDOW = 4;

  private ScalarPowers() {}

  /**
   * {@code values[i] = values[i] ^ exponents[i]} for i from {@code from} to {@code to - 1};
   * negative exponents by one inversion for all of them.
   *
   * @throws ArithmeticException if a residue with a negative exponent is not invertible
   */
  static void apply(ModularKernel kernel, long[] values, long[] exponents, int from, int to) {
    Powers powers = new Powers(kernel);
    int words = kernel.words();
    int[] negative =
        java.util.stream.IntStream.range(from, to).filter(i -> exponents[i] < 0).toArray();
    for (int i = from; i < to; i++) {
      powers.raise(values, i, Math.abs(exponents[i]));
    }
    long[] inverses = new long[negative.length * words];
    for (int i = 0; i < negative.length; i++) {
      System.arraycopy(values, negative[i] * words, inverses, i * words, words);
    }
    Residues.invertBatch(kernel, inverses, 0, negative.length);
    for (int i = 0; i < negative.length; i++) {
      System.arraycopy(inverses, i * words, values, negative[i] * words, words);
    }
  }

  /** The odd powers of one residue, used again for the next. */
  private static final class Powers {
    private final ModularKernel kernel;
    private final long[] odd;
    private final long[] square;
    private final long[] result;

    Powers(ModularKernel kernel) {
      this.kernel = kernel;
      this.odd = new long[kernel.words() << (WINDOW - 1)];
      this.square = new long[kernel.words()];
      this.result = new long[kernel.words()];
    }

    /** By sliding windows; the exponent is read as unsigned. */
    void raise(long[] values, int index, long exponent) {
      int words = kernel.words();
      if (exponent == 0) {
        kernel.one(values, index);
        return;
      }
      int bit = 63 - Long.numberOfLeadingZeros(exponent);
      prepare(values, index, bit);
      boolean started = false;
      while (bit >= 0) {
        if ((exponent >>> bit & 1) == 0) {
          kernel.squareBatch(result, 0, 1, 1);
          bit--;
          continue;
        }
        int low = Math.max(0, bit - WINDOW + 1);
        low += Long.numberOfTrailingZeros(exponent >>> low);
        int digit = (int) (exponent >>> low & (1L << (bit - low + 1)) - 1);
        if (started) {
          kernel.squareBatch(result, 0, 1, bit - low + 1);
          kernel.mulBatch(result, 0, odd, digit >>> 1, result, 0, 1);
        } else {
          System.arraycopy(odd, (digit >>> 1) * words, result, 0, words);
          started = true;
        }
        bit = low - 1;
      }
      System.arraycopy(result, 0, values, index * words, words);
    }

    private void prepare(long[] values, int index, int topBit) {
      int words = kernel.words();
      System.arraycopy(values, index * words, odd, 0, words);
      int entries = topBit < WINDOW ? 1 << Math.min(topBit, WINDOW - 1) : 1 << (WINDOW - 1);
      if (entries == 1) {
        return;
      }
      System.arraycopy(odd, 0, square, 0, words);
      kernel.squareBatch(square, 0, 1, 1);
      for (int i = 1; i < entries; i++) {
        kernel.mulBatch(odd, i - 1, square, 0, odd, i, 1);
      }
    }
  }
}
