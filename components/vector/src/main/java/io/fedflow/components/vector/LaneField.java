package io.fedflow.components.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic modulo p = 2^255 - 19 in the lanes of vectors, in doubles only (Bernstein, Curve25519,
 * PKC 2006). An element is twelve vectors in a flat array, shape [12][LANES]; limb i is a multiple
 * of 2^ceil(21.25 i), so that sums of products stay exact in 53 bits.
 *
 * <p><em>Tight</em> elements, as products give them, have limbs up to 2^(e(i+1) - 1) and a little;
 * <em>loose</em> ones, sums and differences of two tight ones, twice that. Products take loose
 * elements.
 *
 * <p>Why this is exact: a limb and its e(i) bits fill 23 bits at most, a column of twelve products,
 * eleven of them times 19, stays below 2^(e(k) + 52), and all of it is a multiple of 2^e(k).
 */
final class LaneField {

  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();
  static final int LIMBS = 12;

  /** Doubles of an element. */
  static final int SIZE = LIMBS * LANES;

  /** Doubles of a factor with its multiples of 19 / 2^255 below. */
  static final int WIDE = (2 * LIMBS - 1) * LANES;

  private static final double WRAP = 19 * Math.scalb(1.0, -255);

  /** 1.5 * 2^(52 + e(i+1)): adding and subtracting it rounds to a multiple of 2^e(i+1). */
  private static final double[] ROUND = rounders();

  private LaneField() {}

  /** The lowest bit of a limb. */
  static int exponent(int limb) {
    return (85 * limb + 3) / 4;
  }

  private static double[] rounders() {
    double[] out = new double[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      out[i] = Math.scalb(1.5, 52 + exponent(i + 1));
    }
    return out;
  }

  /** Makes a factor wide: limbs times 19 / 2^255 but the first, then the limbs. */
  private static void widen(double[] a, int at, double[] wide) {
    DoubleVector first = DoubleVector.fromArray(SPECIES, a, at);
    first.intoArray(wide, (LIMBS - 1) * LANES);
    for (int i = 1; i < LIMBS; i++) {
      DoubleVector limb = DoubleVector.fromArray(SPECIES, a, at + i * LANES);
      limb.intoArray(wide, (LIMBS - 1 + i) * LANES);
      limb.mul(WRAP).intoArray(wide, (i - 1) * LANES);
    }
  }

  /**
   * Six columns of a product, without carries. The wide factor's limbs slide through registers: a
   * column uses in one row what its neighbour below used in the row before. After six rows every
   * register has its old place again, so that none has to be moved.
   */
  private static void columns(double[] a, int at, double[] wide, int from, double[] out, int to) {
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = c0;
    DoubleVector c2 = c0;
    DoubleVector c3 = c0;
    DoubleVector c4 = c0;
    DoubleVector c5 = c0;
    int w = (LIMBS - 1 + from) * LANES;
    DoubleVector b1 = DoubleVector.fromArray(SPECIES, wide, w + LANES);
    DoubleVector b2 = DoubleVector.fromArray(SPECIES, wide, w + 2 * LANES);
    DoubleVector b3 = DoubleVector.fromArray(SPECIES, wide, w + 3 * LANES);
    DoubleVector b4 = DoubleVector.fromArray(SPECIES, wide, w + 4 * LANES);
    DoubleVector b5 = DoubleVector.fromArray(SPECIES, wide, w + 5 * LANES);
    for (int i = 0; i < LIMBS; i += 6) {
      int l = at + i * LANES;
      DoubleVector limb0 = DoubleVector.fromArray(SPECIES, a, l);
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, wide, w);
      c0 = limb0.fma(b0, c0);
      c1 = limb0.fma(b1, c1);
      c2 = limb0.fma(b2, c2);
      c3 = limb0.fma(b3, c3);
      c4 = limb0.fma(b4, c4);
      c5 = limb0.fma(b5, c5);
      DoubleVector limb1 = DoubleVector.fromArray(SPECIES, a, l + LANES);
      b5 = DoubleVector.fromArray(SPECIES, wide, w - LANES);
      c0 = limb1.fma(b5, c0);
      c1 = limb1.fma(b0, c1);
      c2 = limb1.fma(b1, c2);
      c3 = limb1.fma(b2, c3);
      c4 = limb1.fma(b3, c4);
      c5 = limb1.fma(b4, c5);
      DoubleVector limb2 = DoubleVector.fromArray(SPECIES, a, l + 2 * LANES);
      b4 = DoubleVector.fromArray(SPECIES, wide, w - 2 * LANES);
      c0 = limb2.fma(b4, c0);
      c1 = limb2.fma(b5, c1);
      c2 = limb2.fma(b0, c2);
      c3 = limb2.fma(b1, c3);
      c4 = limb2.fma(b2, c4);
      c5 = limb2.fma(b3, c5);
      DoubleVector limb3 = DoubleVector.fromArray(SPECIES, a, l + 3 * LANES);
      b3 = DoubleVector.fromArray(SPECIES, wide, w - 3 * LANES);
      c0 = limb3.fma(b3, c0);
      c1 = limb3.fma(b4, c1);
      c2 = limb3.fma(b5, c2);
      c3 = limb3.fma(b0, c3);
      c4 = limb3.fma(b1, c4);
      c5 = limb3.fma(b2, c5);
      DoubleVector limb4 = DoubleVector.fromArray(SPECIES, a, l + 4 * LANES);
      b2 = DoubleVector.fromArray(SPECIES, wide, w - 4 * LANES);
      c0 = limb4.fma(b2, c0);
      c1 = limb4.fma(b3, c1);
      c2 = limb4.fma(b4, c2);
      c3 = limb4.fma(b5, c3);
      c4 = limb4.fma(b0, c4);
      c5 = limb4.fma(b1, c5);
      DoubleVector limb5 = DoubleVector.fromArray(SPECIES, a, l + 5 * LANES);
      b1 = DoubleVector.fromArray(SPECIES, wide, w - 5 * LANES);
      c0 = limb5.fma(b1, c0);
      c1 = limb5.fma(b2, c1);
      c2 = limb5.fma(b3, c2);
      c3 = limb5.fma(b4, c3);
      c4 = limb5.fma(b5, c4);
      c5 = limb5.fma(b0, c5);
      w -= 6 * LANES;
    }
    int o = to + from * LANES;
    c0.intoArray(out, o);
    c1.intoArray(out, o + LANES);
    c2.intoArray(out, o + 2 * LANES);
    c3.intoArray(out, o + 3 * LANES);
    c4.intoArray(out, o + 4 * LANES);
    c5.intoArray(out, o + 5 * LANES);
  }

  /** Makes an element tight. Two chains of carries run side by side, from limbs 0 and 6. */
  static void carry(double[] x, int at) {
    DoubleVector low = DoubleVector.fromArray(SPECIES, x, at);
    DoubleVector high = DoubleVector.fromArray(SPECIES, x, at + 6 * LANES);
    for (int i = 0; i < 5; i++) {
      DoubleVector c = low.add(ROUND[i]).sub(ROUND[i]);
      DoubleVector d = high.add(ROUND[i + 6]).sub(ROUND[i + 6]);
      low.sub(c).intoArray(x, at + i * LANES);
      high.sub(d).intoArray(x, at + (i + 6) * LANES);
      low = DoubleVector.fromArray(SPECIES, x, at + (i + 1) * LANES).add(c);
      high = DoubleVector.fromArray(SPECIES, x, at + (i + 7) * LANES).add(d);
    }
    carryEnd(x, at, low, high);
  }

  /** {@code out = a * b}, tight; {@code out} is none of them. */
  static void multiply(double[] s, int a, int b, int out, double[] wide) {
    widen(s, b, wide);
    columns(s, a, wide, 0, s, out);
    columns(s, a, wide, 6, s, out);
    carry(s, out);
  }

  /** The ends of both chains: from limb 5 into 6, from 11 into 0, and one limb on. */
  private static void carryEnd(double[] x, int at, DoubleVector low, DoubleVector high) {
    DoubleVector c = low.add(ROUND[5]).sub(ROUND[5]);
    DoubleVector d = high.add(ROUND[11]).sub(ROUND[11]);
    low.sub(c).intoArray(x, at + 5 * LANES);
    high.sub(d).intoArray(x, at + 11 * LANES);
    DoubleVector first =
        d.fma(DoubleVector.broadcast(SPECIES, WRAP), DoubleVector.fromArray(SPECIES, x, at));
    DoubleVector seventh = DoubleVector.fromArray(SPECIES, x, at + 6 * LANES).add(c);
    c = first.add(ROUND[0]).sub(ROUND[0]);
    d = seventh.add(ROUND[6]).sub(ROUND[6]);
    first.sub(c).intoArray(x, at);
    seventh.sub(d).intoArray(x, at + 6 * LANES);
    DoubleVector.fromArray(SPECIES, x, at + LANES).add(c).intoArray(x, at + LANES);
    DoubleVector.fromArray(SPECIES, x, at + 7 * LANES).add(d).intoArray(x, at + 7 * LANES);
  }

  /**
   * Two products that do not need each other, so that the processor works on one while chains of
   * the other wait for themselves, tight; no output is an input of either.
   */
  static void multiplyPair(
      double[] s, int a, int b, int out, int a2, int b2, int out2, double[] wide, double[] wide2) {
    widen(s, b, wide);
    widen(s, b2, wide2);
    columns(s, a, wide, 0, s, out);
    columns(s, a, wide, 6, s, out);
    columns(s, a2, wide2, 0, s, out2);
    columns(s, a2, wide2, 6, s, out2);
    carry(s, out);
    carry(s, out2);
  }

  /** {@code out = a + b} of tight ones, loose. */
  static void add(double[] s, int a, int b, int out) {
    for (int i = 0; i < SIZE; i += LANES) {
      DoubleVector.fromArray(SPECIES, s, a + i)
          .add(DoubleVector.fromArray(SPECIES, s, b + i))
          .intoArray(s, out + i);
    }
  }

  /** {@code out = a - b} of tight ones, loose. */
  static void subtract(double[] s, int a, int b, int out) {
    for (int i = 0; i < SIZE; i += LANES) {
      DoubleVector.fromArray(SPECIES, s, a + i)
          .sub(DoubleVector.fromArray(SPECIES, s, b + i))
          .intoArray(s, out + i);
    }
  }

  /** {@code out = a + factor * b}, tight. */
  static void addMultiple(double[] s, int a, double factor, int b, int out) {
    for (int i = 0; i < SIZE; i += LANES) {
      DoubleVector.fromArray(SPECIES, s, b + i)
          .fma(DoubleVector.broadcast(SPECIES, factor), DoubleVector.fromArray(SPECIES, s, a + i))
          .intoArray(s, out + i);
    }
    carry(s, out);
  }

  /** Swaps tight elements if {@code swap} is 1, not if it is 0; exact in either case. */
  static void swapIf(double swap, double[] s, int a, int b) {
    for (int i = 0; i < SIZE; i += LANES) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, s, a + i);
      DoubleVector y = DoubleVector.fromArray(SPECIES, s, b + i);
      DoubleVector d = x.sub(y).mul(swap);
      x.sub(d).intoArray(s, a + i);
      y.add(d).intoArray(s, b + i);
    }
  }
}
