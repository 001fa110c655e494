package io.fedflow.components.crypto.curve25519;

import static io.fedflow.components.crypto.curve25519.Field25519.WORDS;

/** Fixed powers of field elements: inverses, roots, and whether an element is a square. */
final class FieldPowers {

  private FieldPowers() {}

  /**
   * Replaces elements by their inverses, with one power for all and three products each
   * (Montgomery, 1987). A zero spoils all of them: callers keep it out.
   *
   * @param values elements, loose ones too
   * @param count how many, from the array's start
   */
  static void invertAll(long[] values, int count) {
    if (count == 0) {
      return;
    }
    long[] prefix = new long[count * WORDS];
    System.arraycopy(values, 0, prefix, 0, WORDS);
    for (int i = 1; i < count; i++) {
      Field25519.multiply(prefix, (i - 1) * WORDS, values, i * WORDS, prefix, i * WORDS);
    }
    long[] running = new long[2 * WORDS];
    invert(prefix, (count - 1) * WORDS, running, 0);
    for (int i = count - 1; i > 0; i--) {
      Field25519.multiply(running, 0, values, i * WORDS, running, WORDS);
      Field25519.multiply(running, 0, prefix, (i - 1) * WORDS, values, i * WORDS);
      System.arraycopy(running, WORDS, running, 0, WORDS);
    }
    System.arraycopy(running, 0, values, 0, WORDS);
  }

  /** {@code out = 1 / a}, by Fermat: a to the power of p - 2; 0 of 0. */
  static void invert(long[] a, int aAt, long[] out, int at) {
    long[] t = new long[2 * WORDS];
    power250(a, aAt, t, 0);
    squareTimes(t, 0, 5);
    // p - 2 = (2^250 - 1) * 2^5 + 11
    Field25519.square(a, aAt, t, WORDS);
    Field25519.square(t, WORDS, out, at);
    long[] eleven = new long[WORDS];
    Field25519.square(out, at, eleven, 0);
    Field25519.multiply(eleven, 0, t, WORDS, eleven, 0);
    Field25519.multiply(eleven, 0, a, aAt, eleven, 0);
    Field25519.multiply(t, 0, eleven, 0, out, at);
  }

  /**
   * {@code out = a} to the power of (p - 1) / 2: 1 of a square, -1 of another element, 0 of 0
   * (Euler).
   */
  static void squareSymbol(long[] a, int aAt, long[] out, int at) {
    long[] t = new long[2 * WORDS];
    power250(a, aAt, t, 0);
    squareTimes(t, 0, 4);
    // (p - 1) / 2 = (2^250 - 1) * 2^4 + 6
    Field25519.square(a, aAt, t, WORDS);
    Field25519.multiply(t, WORDS, a, aAt, t, WORDS);
    Field25519.square(t, WORDS, t, WORDS);
    Field25519.multiply(t, 0, t, WORDS, out, at);
  }

  /** {@code out = a} to the power of (p - 5) / 8, from which a square root is made. */
  static void rootPower(long[] a, int aAt, long[] out, int at) {
    long[] t = new long[WORDS];
    power250(a, aAt, t, 0);
    squareTimes(t, 0, 2);
    // (p - 5) / 8 = (2^250 - 1) * 2^2 + 1
    Field25519.multiply(t, 0, a, aAt, out, at);
  }

  /** {@code out = a} to the power of 2^250 - 1. */
  private static void power250(long[] a, int aAt, long[] out, int at) {
    long[] x = new long[4 * WORDS];
    int five = 0;
    int ten = WORDS;
    int fifty = 2 * WORDS;
    int next = 3 * WORDS;
    // 2^k - 1 ones joined to 2^j - 1 ones make 2^(j+k) - 1.
    long[] two = new long[2 * WORDS];
    Field25519.square(a, aAt, two, 0);
    Field25519.multiply(two, 0, a, aAt, two, 0);
    join(two, 0, 2, two, 0, two, WORDS);
    join(two, WORDS, 1, a, aAt, x, five);
    join(x, five, 5, x, five, x, ten);
    join(x, ten, 10, x, ten, x, next);
    join(x, next, 20, x, next, x, fifty);
    join(x, fifty, 10, x, ten, x, fifty);
    join(x, fifty, 50, x, fifty, x, next);
    join(x, next, 100, x, next, x, next);
    join(x, next, 50, x, fifty, out, at);
  }

  /** {@code out = a^(2^times) * b}. */
  private static void join(long[] a, int aAt, int times, long[] b, int bAt, long[] out, int at) {
    long[] t = new long[WORDS];
    System.arraycopy(a, aAt, t, 0, WORDS);
    squareTimes(t, 0, times);
    Field25519.multiply(t, 0, b, bAt, out, at);
  }

  private static void squareTimes(long[] values, int at, int times) {
    for (int i = 0; i < times; i++) {
      Field25519.square(values, at, values, at);
    }
  }
}
