package io.fedflow.components.vector;

import java.util.Arrays;

/** Which elements are squares modulo 2^255 - 19, as many at once as a vector has lanes. */
final class VectorSymbols {

  private static final int LANES = LaneField.LANES;
  private static final int SIZE = LaneField.SIZE;
  private static final int BYTES = 32;

  private static final int A = 0;
  private static final int TWO = SIZE;
  private static final int FIVE = 2 * SIZE;
  private static final int TEN = 3 * SIZE;
  private static final int FIFTY = 4 * SIZE;
  private static final int LAST = 5 * SIZE;
  private static final int SYMBOL = 6 * SIZE;
  private static final int POWER = 7 * SIZE;
  private static final int SPARE = 8 * SIZE;

  /** The lowest byte of 1, and of p + 1, which is the same: of p - 1 it is 0xec. */
  private static final byte ONE = 1;

  private static final byte ONE_AND_P = (byte) 0xee;

  private VectorSymbols() {}

  static void squares(byte[] elements, int count, byte[] out) {
    double[] s = new double[9 * SIZE];
    double[] work = new double[LaneField.WORK];
    byte[] symbol = new byte[BYTES];
    for (int start = 0; start < count; start += LANES) {
      int size = Math.min(LANES, count - start);
      Arrays.fill(s, 0);
      for (int lane = 0; lane < size; lane++) {
        LaneBytes.load(elements, (start + lane) * BYTES, s, A + lane);
      }
      LaneField.carry(s, A);
      symbols(s, work);
      for (int lane = 0; lane < size; lane++) {
        LaneBytes.store(s, SYMBOL + lane, symbol, 0);
        out[start + lane] = (byte) (symbol[0] == ONE || symbol[0] == ONE_AND_P ? 1 : 0);
      }
    }
  }

  /** Raises to (p - 1) / 2 = (2^250 - 1) * 2^4 + 6: 1 of squares, -1 of others (Euler). */
  private static void symbols(double[] s, double[] work) {
    // 2^k - 1 ones joined to 2^j - 1 ones make 2^(j+k) - 1.
    join(s, A, 1, A, TWO, work);
    join(s, TWO, 2, TWO, LAST, work);
    join(s, LAST, 1, A, FIVE, work);
    join(s, FIVE, 5, FIVE, TEN, work);
    join(s, TEN, 10, TEN, LAST, work);
    join(s, LAST, 20, LAST, FIVE, work);
    join(s, FIVE, 10, TEN, FIFTY, work);
    join(s, FIFTY, 50, FIFTY, LAST, work);
    join(s, LAST, 100, LAST, TEN, work);
    join(s, TEN, 50, FIFTY, LAST, work);
    // Six is twice the three that is at hand.
    LaneField.square(s, TWO, TEN, work);
    join(s, LAST, 4, TEN, SYMBOL, work);
  }

  /** {@code out = a^(2^times) * b}; {@code out} is neither. */
  private static void join(double[] s, int a, int times, int b, int out, double[] work) {
    System.arraycopy(s, a, s, POWER, SIZE);
    for (int i = 0; i < times; i++) {
      boolean even = i % 2 == 0;
      LaneField.square(s, even ? POWER : SPARE, even ? SPARE : POWER, work);
    }
    LaneField.multiply(s, times % 2 == 0 ? POWER : SPARE, b, out, work);
  }
}
