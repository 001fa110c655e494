package io.fedflow.components.crypto.curve25519;

import static io.fedflow.components.crypto.curve25519.Field25519.BYTES;
import static io.fedflow.components.crypto.curve25519.Field25519.WORDS;

/** The Montgomery ladder of RFC 7748, one point after the other. */
final class ScalarLadder implements LadderKernel {

  static final ScalarLadder INSTANCE = new ScalarLadder();

  /** (A - 2) / 4. */
  private static final long A24 = 121_665;

  private static final int X1 = 0;
  private static final int X2 = WORDS;
  private static final int Z2 = 2 * WORDS;
  private static final int X3 = 3 * WORDS;
  private static final int Z3 = 4 * WORDS;
  private static final int A = 5 * WORDS;
  private static final int B = 6 * WORDS;
  private static final int C = 7 * WORDS;
  private static final int D = 8 * WORDS;
  private static final int SIZE = 9 * WORDS;

  private ScalarLadder() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void climb(byte[] scalar, byte[] points, int from, int count, byte[] x, byte[] z) {
    long[] state = new long[SIZE];
    for (int i = 0; i < count; i++) {
      Field25519.load(points, (from + i) * BYTES, state, X1);
      climb(scalar, state);
      Field25519.store(state, X2, x, i * BYTES);
      Field25519.store(state, Z2, z, i * BYTES);
    }
  }

  private static void climb(byte[] scalar, long[] s) {
    Field25519.set(1, s, X2);
    Field25519.set(0, s, Z2);
    System.arraycopy(s, X1, s, X3, WORDS);
    Field25519.set(1, s, Z3);
    long swapped = 0;
    for (int bit = 8 * BYTES - 1; bit >= 0; bit--) {
      long wanted = scalar[bit >> 3] >>> (bit & 7) & 1;
      Field25519.swapIf(wanted ^ swapped, s, X2, X3);
      Field25519.swapIf(wanted ^ swapped, s, Z2, Z3);
      swapped = wanted;
      step(s);
    }
    Field25519.swapIf(swapped, s, X2, X3);
    Field25519.swapIf(swapped, s, Z2, Z3);
  }

  /** Doubles (X2 : Z2) and adds it to (X3 : Z3), whose difference is X1. */
  private static void step(long[] s) {
    Field25519.add(s, X2, s, Z2, s, A);
    Field25519.subtract(s, X2, s, Z2, s, B);
    Field25519.add(s, X3, s, Z3, s, C);
    Field25519.subtract(s, X3, s, Z3, s, D);
    Field25519.multiply(s, D, s, A, s, D);
    Field25519.multiply(s, C, s, B, s, C);
    Field25519.add(s, D, s, C, s, X3);
    Field25519.square(s, X3, s, X3);
    Field25519.subtract(s, D, s, C, s, Z3);
    Field25519.square(s, Z3, s, Z3);
    Field25519.multiply(s, Z3, s, X1, s, Z3);
    Field25519.square(s, A, s, A);
    Field25519.square(s, B, s, B);
    Field25519.multiply(s, A, s, B, s, X2);
    Field25519.subtract(s, A, s, B, s, B);
    Field25519.multiplySmall(s, B, A24, s, C);
    Field25519.add(s, A, s, C, s, C);
    Field25519.multiply(s, B, s, C, s, Z2);
  }
}
