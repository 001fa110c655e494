package io.fedflow.components.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic modulo p = 2^255 - 19 in the lanes of vectors, in doubles only. An element is six
 * vectors in a flat array, shape [6][LANES]; limb i is a multiple of 2^e(i), e(i) = ceil(42.5 i)
 * (Bernstein, Curve25519, PKC 2006, with half as many limbs).
 *
 * <p>Products of two limbs have up to 91 bits and are taken in two exact parts, as in {@link
 * LaneProducts}: one rounded to a multiple of 2^e(k+1), which is carried to the next column at
 * once, and what the rounding leaves.
 *
 * <p><em>Tight</em> elements, as products give them, have limbs up to 2^(e(i+1) - 1) and a little;
 * <em>loose</em> ones, sums and differences of two tight ones, twice that. Products take loose
 * elements.
 *
 * <p>Why this is exact: the sum of a column's products, those that wrap around times 19, is largest
 * in column 0, 135 * 2^85, and stays below 2^(51 + e(k+1)) in each, so that sums that begin with
 * 1.5 * 2^(52 + e(k+1)) stay in one binade, where doubles are multiples of 2^e(k+1). Of each
 * product 2^(e(k+1) - 1) is left, a multiple of 2^e(k): 42 bits. All of them and what a column
 * below carries are below 2^(e(k) + 51).
 */
final class LaneField {

  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();
  static final int LIMBS = 6;

  /** Doubles of an element. */
  static final int SIZE = LIMBS * LANES;

  /** Doubles of the work space of a product. */
  static final int WORK = 3 * SIZE;

  /** In the work space: a factor's limbs but the first times 19 / 2^255, then all its limbs. */
  private static final int WIDE = 0;

  /** In the work space: what columns carry. */
  private static final int CARRIED = 2 * SIZE;

  private static final double WRAP = 19 * Math.scalb(1.0, -255);

  /** 1.5 * 2^(52 + e(i+1)): adding and subtracting it rounds to a multiple of 2^e(i+1). */
  private static final double[] ROUND = rounders();

  private LaneField() {}

  /** The lowest bit of a limb. */
  static int exponent(int limb) {
    return (85 * limb + 1) / 2;
  }

  private static double[] rounders() {
    double[] out = new double[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      out[i] = Math.scalb(1.5, 52 + exponent(i + 1));
    }
    return out;
  }

  /** {@code out = a * b}, tight; {@code out} is none of them. */
  static void multiply(double[] s, int a, int b, int out, double[] work) {
    widen(s, b, work);
    columns(s, a, 0, out, work);
    columns(s, a, 3, out, work);
    settle(s, out, work);
  }

  private static void widen(double[] s, int b, double[] work) {
    DoubleVector.fromArray(SPECIES, s, b).intoArray(work, WIDE + (LIMBS - 1) * LANES);
    for (int i = 1; i < LIMBS; i++) {
      DoubleVector limb = DoubleVector.fromArray(SPECIES, s, b + i * LANES);
      limb.intoArray(work, WIDE + (LIMBS - 1 + i) * LANES);
      limb.mul(WRAP).intoArray(work, WIDE + (i - 1) * LANES);
    }
  }

  /**
   * Three columns of a product. The wide factor's limbs slide through registers: a column uses in
   * one row what its neighbour below used in the row before.
   */
  private static void columns(double[] s, int a, int column, int out, double[] work) {
    DoubleVector round0 = DoubleVector.broadcast(SPECIES, ROUND[column]);
    DoubleVector round1 = DoubleVector.broadcast(SPECIES, ROUND[column + 1]);
    DoubleVector round2 = DoubleVector.broadcast(SPECIES, ROUND[column + 2]);
    DoubleVector up0 = round0;
    DoubleVector up1 = round1;
    DoubleVector up2 = round2;
    DoubleVector rest0 = DoubleVector.zero(SPECIES);
    DoubleVector rest1 = rest0;
    DoubleVector rest2 = rest0;
    int w = WIDE + (LIMBS - 1 + column) * LANES;
    DoubleVector b1 = DoubleVector.fromArray(SPECIES, work, w + LANES);
    DoubleVector b2 = DoubleVector.fromArray(SPECIES, work, w + 2 * LANES);
    for (int i = 0; i < SIZE; i += LANES) {
      DoubleVector limb = DoubleVector.fromArray(SPECIES, s, a + i);
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, work, w - i);
      DoubleVector before0 = up0;
      DoubleVector before1 = up1;
      DoubleVector before2 = up2;
      up0 = limb.fma(b0, up0);
      up1 = limb.fma(b1, up1);
      up2 = limb.fma(b2, up2);
      rest0 = rest0.add(limb.fma(b0, before0.sub(up0)));
      rest1 = rest1.add(limb.fma(b1, before1.sub(up1)));
      rest2 = rest2.add(limb.fma(b2, before2.sub(up2)));
      b2 = b1;
      b1 = b0;
    }
    int at = column * LANES;
    rest0.intoArray(s, out + at);
    rest1.intoArray(s, out + at + LANES);
    rest2.intoArray(s, out + at + 2 * LANES);
    up0.sub(round0).intoArray(work, CARRIED + at);
    up1.sub(round1).intoArray(work, CARRIED + at + LANES);
    up2.sub(round2).intoArray(work, CARRIED + at + 2 * LANES);
  }

  /**
   * {@code out = a * a}, tight, with 21 of a product's 36 pairs of limbs: those of two different
   * limbs are taken once, doubled. {@code out} is not {@code a}.
   */
  static void square(double[] s, int a, int out, double[] work) {
    squareColumns0(s, a, out, work);
    squareColumns2(s, a, out, work);
    squareColumns4(s, a, out, work);
    settle(s, out, work);
  }

  private static DoubleVector limb(double[] s, int at, int limb) {
    return DoubleVector.fromArray(SPECIES, s, at + limb * LANES);
  }

  // Two columns each, in the same form with other limbs: d are doubled, w wrap around. Written out,
  // since limbs have to stay in registers, and vectors that are passed on may be boxed.

  private static void squareColumns0(double[] s, int a, int out, double[] work) {
    DoubleVector a0 = limb(s, a, 0);
    DoubleVector a1 = limb(s, a, 1);
    DoubleVector a3 = limb(s, a, 3);
    DoubleVector d0 = a0.add(a0);
    DoubleVector d1 = a1.add(a1);
    DoubleVector d2 = limb(s, a, 2).mul(2);
    DoubleVector d3 = a3.add(a3);
    DoubleVector w3 = a3.mul(WRAP);
    DoubleVector w4 = limb(s, a, 4).mul(WRAP);
    DoubleVector w5 = limb(s, a, 5).mul(WRAP);
    DoubleVector round0 = DoubleVector.broadcast(SPECIES, ROUND[0]);
    DoubleVector round1 = DoubleVector.broadcast(SPECIES, ROUND[1]);
    DoubleVector up00 = a0.fma(a0, round0);
    DoubleVector up10 = d0.fma(a1, round1);
    DoubleVector up01 = d1.fma(w5, up00);
    DoubleVector up11 = d2.fma(w5, up10);
    DoubleVector up02 = d2.fma(w4, up01);
    DoubleVector up12 = d3.fma(w4, up11);
    DoubleVector up03 = a3.fma(w3, up02);
    a0.fma(a0, round0.sub(up00))
        .add(d1.fma(w5, up00.sub(up01)))
        .add(d2.fma(w4, up01.sub(up02)).add(a3.fma(w3, up02.sub(up03))))
        .intoArray(s, out);
    up03.sub(round0).intoArray(work, CARRIED);
    d0.fma(a1, round1.sub(up10))
        .add(d2.fma(w5, up10.sub(up11)))
        .add(d3.fma(w4, up11.sub(up12)))
        .intoArray(s, out + LANES);
    up12.sub(round1).intoArray(work, CARRIED + LANES);
  }

  private static void squareColumns2(double[] s, int a, int out, double[] work) {
    DoubleVector a1 = limb(s, a, 1);
    DoubleVector a2 = limb(s, a, 2);
    DoubleVector a3 = limb(s, a, 3);
    DoubleVector a4 = limb(s, a, 4);
    DoubleVector d0 = limb(s, a, 0).mul(2);
    DoubleVector d1 = a1.add(a1);
    DoubleVector d3 = a3.add(a3);
    DoubleVector d4 = a4.add(a4);
    DoubleVector w4 = a4.mul(WRAP);
    DoubleVector w5 = limb(s, a, 5).mul(WRAP);
    DoubleVector round0 = DoubleVector.broadcast(SPECIES, ROUND[2]);
    DoubleVector round1 = DoubleVector.broadcast(SPECIES, ROUND[3]);
    DoubleVector up00 = d0.fma(a2, round0);
    DoubleVector up10 = d0.fma(a3, round1);
    DoubleVector up01 = a1.fma(a1, up00);
    DoubleVector up11 = d1.fma(a2, up10);
    DoubleVector up02 = d3.fma(w5, up01);
    DoubleVector up12 = d4.fma(w5, up11);
    DoubleVector up03 = a4.fma(w4, up02);
    d0.fma(a2, round0.sub(up00))
        .add(a1.fma(a1, up00.sub(up01)))
        .add(d3.fma(w5, up01.sub(up02)).add(a4.fma(w4, up02.sub(up03))))
        .intoArray(s, out + 2 * LANES);
    up03.sub(round0).intoArray(work, CARRIED + 2 * LANES);
    d0.fma(a3, round1.sub(up10))
        .add(d1.fma(a2, up10.sub(up11)))
        .add(d4.fma(w5, up11.sub(up12)))
        .intoArray(s, out + 3 * LANES);
    up12.sub(round1).intoArray(work, CARRIED + 3 * LANES);
  }

  private static void squareColumns4(double[] s, int a, int out, double[] work) {
    DoubleVector a2 = limb(s, a, 2);
    DoubleVector a3 = limb(s, a, 3);
    DoubleVector a4 = limb(s, a, 4);
    DoubleVector a5 = limb(s, a, 5);
    DoubleVector d0 = limb(s, a, 0).mul(2);
    DoubleVector d1 = limb(s, a, 1).mul(2);
    DoubleVector d2 = a2.add(a2);
    DoubleVector w5 = a5.mul(WRAP);
    DoubleVector round0 = DoubleVector.broadcast(SPECIES, ROUND[4]);
    DoubleVector round1 = DoubleVector.broadcast(SPECIES, ROUND[5]);
    DoubleVector up00 = d0.fma(a4, round0);
    DoubleVector up10 = d0.fma(a5, round1);
    DoubleVector up01 = d1.fma(a3, up00);
    DoubleVector up11 = d1.fma(a4, up10);
    DoubleVector up02 = a2.fma(a2, up01);
    DoubleVector up12 = d2.fma(a3, up11);
    DoubleVector up03 = a5.fma(w5, up02);
    d0.fma(a4, round0.sub(up00))
        .add(d1.fma(a3, up00.sub(up01)))
        .add(a2.fma(a2, up01.sub(up02)).add(a5.fma(w5, up02.sub(up03))))
        .intoArray(s, out + 4 * LANES);
    up03.sub(round0).intoArray(work, CARRIED + 4 * LANES);
    d0.fma(a5, round1.sub(up10))
        .add(d1.fma(a4, up10.sub(up11)))
        .add(d2.fma(a3, up11.sub(up12)))
        .intoArray(s, out + 5 * LANES);
    up12.sub(round1).intoArray(work, CARRIED + 5 * LANES);
  }

  /** Adds what columns carry, and makes the element tight. */
  private static void settle(double[] s, int at, double[] work) {
    DoubleVector carried =
        DoubleVector.fromArray(SPECIES, work, CARRIED + (LIMBS - 1) * LANES).mul(WRAP);
    for (int i = 0; i < SIZE; i += LANES) {
      DoubleVector.fromArray(SPECIES, s, at + i).add(carried).intoArray(s, at + i);
      carried = DoubleVector.fromArray(SPECIES, work, CARRIED + i);
    }
    carry(s, at);
  }

  /** Makes an element tight whose limbs are below 2^(e(i) + 51): all of them carry at once. */
  static void carry(double[] s, int at) {
    DoubleVector below = high(s, at, LIMBS - 1).mul(WRAP);
    for (int i = 0; i < LIMBS; i++) {
      DoubleVector high = high(s, at, i);
      DoubleVector.fromArray(SPECIES, s, at + i * LANES)
          .sub(high)
          .add(below)
          .intoArray(s, at + i * LANES);
      below = high;
    }
  }

  private static DoubleVector high(double[] s, int at, int limb) {
    DoubleVector round = DoubleVector.broadcast(SPECIES, ROUND[limb]);
    return DoubleVector.fromArray(SPECIES, s, at + limb * LANES).add(round).sub(round);
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

  /**
   * {@code out = a + factor * b} of a tight and a loose one, loose.
   *
   * @param factor below 2^20
   */
  static void addMultiple(double[] s, int a, double factor, int b, int out) {
    DoubleVector times = DoubleVector.broadcast(SPECIES, factor);
    int last = b + (LIMBS - 1) * LANES;
    DoubleVector round = DoubleVector.broadcast(SPECIES, ROUND[LIMBS - 1]);
    DoubleVector carried =
        times.fma(DoubleVector.fromArray(SPECIES, s, last), round).sub(round).mul(WRAP);
    for (int i = 0; i < LIMBS; i++) {
      int at = i * LANES;
      round = DoubleVector.broadcast(SPECIES, ROUND[i]);
      DoubleVector limb = DoubleVector.fromArray(SPECIES, s, b + at);
      DoubleVector up = times.fma(limb, round);
      times
          .fma(limb, round.sub(up))
          .add(carried)
          .add(DoubleVector.fromArray(SPECIES, s, a + at))
          .intoArray(s, out + at);
      carried = up.sub(round);
    }
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
