package io.fedflow.components.vector;

import java.util.Arrays;

/** The Montgomery ladder of RFC 7748 on as many points at once as a vector has lanes. */
final class VectorLadder {

  private static final int LANES = LaneField.LANES;
  private static final int SIZE = LaneField.SIZE;
  private static final int BYTES = 32;
  private static final double A24 = 121_665;

  private static final int X1 = 0;
  private static final int X2 = SIZE;
  private static final int Z2 = 2 * SIZE;
  private static final int X3 = 3 * SIZE;
  private static final int Z3 = 4 * SIZE;
  private static final int A = 5 * SIZE;
  private static final int B = 6 * SIZE;
  private static final int C = 7 * SIZE;
  private static final int D = 8 * SIZE;
  private static final int E = 9 * SIZE;
  private static final int F = 10 * SIZE;
  private static final int G = 11 * SIZE;

  private VectorLadder() {}

  static void climb(byte[] scalar, byte[] points, int from, int count, byte[] x, byte[] z) {
    double[] s = new double[12 * SIZE];
    double[] work = new double[LaneField.WORK];
    for (int start = 0; start < count; start += LANES) {
      int size = Math.min(LANES, count - start);
      Arrays.fill(s, 0);
      for (int lane = 0; lane < size; lane++) {
        LaneBytes.load(points, (from + start + lane) * BYTES, s, X1 + lane);
      }
      LaneField.carry(s, X1);
      climb(scalar, s, work);
      for (int lane = 0; lane < size; lane++) {
        LaneBytes.store(s, X2 + lane, x, (start + lane) * BYTES);
        LaneBytes.store(s, Z2 + lane, z, (start + lane) * BYTES);
      }
    }
  }

  private static void climb(byte[] scalar, double[] s, double[] work) {
    Arrays.fill(s, X2, X2 + LANES, 1);
    Arrays.fill(s, Z3, Z3 + LANES, 1);
    System.arraycopy(s, X1, s, X3, SIZE);
    int swapped = 0;
    for (int bit = 8 * BYTES - 1; bit >= 0; bit--) {
      int wanted = scalar[bit >> 3] >>> (bit & 7) & 1;
      LaneField.swapIf(wanted ^ swapped, s, X2, X3);
      LaneField.swapIf(wanted ^ swapped, s, Z2, Z3);
      swapped = wanted;
      step(s, work);
    }
    LaneField.swapIf(swapped, s, X2, X3);
    LaneField.swapIf(swapped, s, Z2, Z3);
  }

  /** Doubles (X2 : Z2) and adds it to (X3 : Z3), whose difference is X1, in every lane. */
  private static void step(double[] s, double[] work) {
    LaneField.add(s, X2, Z2, A);
    LaneField.subtract(s, X2, Z2, B);
    LaneField.add(s, X3, Z3, C);
    LaneField.subtract(s, X3, Z3, D);
    LaneField.multiply(s, D, A, E, work);
    LaneField.multiply(s, C, B, F, work);
    LaneField.square(s, A, C, work);
    LaneField.square(s, B, D, work);
    LaneField.add(s, E, F, A);
    LaneField.subtract(s, E, F, B);
    LaneField.subtract(s, C, D, E);
    LaneField.addMultiple(s, C, A24, E, F);
    LaneField.square(s, A, X3, work);
    LaneField.square(s, B, G, work);
    LaneField.multiply(s, C, D, X2, work);
    LaneField.multiply(s, E, F, Z2, work);
    LaneField.multiply(s, G, X1, Z3, work);
  }
}
