package io.fedflow.components.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Independent Montgomery products, one in each lane of the processor's vectors.
 *
 * <p>Numbers are rows of signed digits of 24 bits in doubles; digit j of all lanes is one vector. A
 * product of two digits is below 2^47, so a column takes a fused multiply-add for each product of
 * digits and stays exact until it comes near 2^53: after {@link #BLOCKS_TO_CARRY} blocks all
 * columns carry, all at once, since signed digits need not be unique. The modulus is given as
 * {@code N = -1 + 2^96 * upper}: then the four digits that clear the lowest four columns are those
 * columns themselves, and only {@code upper} is multiplied.
 *
 * <p>Work goes by blocks of four digits of the left operand: four columns at a time stay in
 * registers for their 32 products. Columns are dropped by storing them four places lower.
 *
 * <p>Everything here must be compiled by the optimising compiler to be fast; what the compiler has
 * not yet seen runs a thousand times slower. Stateless; arrays belong to the calling thread.
 */
final class LaneProducts {

  static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  /** Numbers that are computed at once. */
  static final int LANES = DOUBLES.length();

  /** Bits of a digit. */
  static final int DIGIT_BITS = 24;

  /** Digits of the left operand that one pass over the columns takes. */
  static final int BLOCK = 4;

  /** A block adds at most 2^49 and a carry to a column, which may hold 2^53. */
  private static final int BLOCKS_TO_CARRY = 15;

  /** Of a square, a block with doubled digits adds half as much again. */
  private static final int SQUARES_TO_CARRY = 10;

  /** Adding and subtracting this rounds to a multiple of 2^24. */
  private static final double ROUND = 0x1.8p76;

  private static final double DOWN = 0x1p-24;

  /** What is added to a digit so that packed digits are not negative. */
  static final long BIAS = 1L << DIGIT_BITS;

  private static final long EXPONENT = Double.doubleToRawLongBits(0x1p52);
  private static final double BIASED = 0x1p52 + BIAS;

  private LaneProducts() {}

  /**
   * {@code out = left * right / 2^(24 digits) mod N}, not unique; all below N in magnitude.
   *
   * @param left shape [digits][lanes], digits a little above 2^23 in magnitude at most
   * @param right shape [digits + 4][lanes], the last four digits 0
   * @param upper shape [digits], the last four 0
   * @param out shape [digits + 4][lanes], the last four digits 0 and stay so; not left or right
   */
  static void multiply(double[] left, double[] right, double[] upper, double[] out, int digits) {
    clear(out, digits);
    int pending = 0;
    for (int block = 0; block < digits; block += BLOCK) {
      if (pending++ == BLOCKS_TO_CARRY) {
        carry(out, digits);
        pending = 1;
      }
      addBlock(left, block, right, upper, out, digits, 0);
    }
    carry(out, digits);
    carry(out, digits);
  }

  /**
   * {@code out = value^2 / 2^(24 digits) mod N}, as {@link #multiply} with three quarters of its
   * products: those of two different blocks of digits are taken once, with doubled digits.
   *
   * @param value shape [digits][lanes]
   * @param work shape [digits + 4][lanes], the last four digits 0; overwritten
   */
  static void square(double[] value, double[] work, double[] upper, double[] out, int digits) {
    clear(out, digits);
    add(value, value, work, digits * LANES);
    int pending = 0;
    for (int block = 0; block < digits; block += BLOCK) {
      if (pending++ == SQUARES_TO_CARRY) {
        carry(out, digits);
        pending = 1;
      }
      int at = block * LANES;
      System.arraycopy(value, at, work, at, BLOCK * LANES);
      if (block == BLOCK) {
        // What is below a block was taken with that; the lowest columns get nothing more.
        java.util.Arrays.fill(work, 0, BLOCK * LANES, 0);
      }
      addBlock(value, block, work, upper, out, digits, Math.max(0, block - BLOCK));
    }
    carry(out, digits);
    carry(out, digits);
  }

  private static void add(double[] a, double[] b, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] + b[i];
    }
  }

  private static void clear(double[] out, int digits) {
    java.util.Arrays.fill(out, 0, digits * LANES, 0);
  }

  /**
   * Adds four rows, clears the lowest four columns and drops them.
   *
   * @param skipped columns, after the drop, to which the right operand adds nothing: its lowest
   *     four digits are 0 and those up to {@code skipped + 4} are not looked at; or 0
   */
  private static void addBlock(
      double[] left,
      int block,
      double[] right,
      double[] upper,
      double[] out,
      int digits,
      int skipped) {
    int lanes = LANES;
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector down = DoubleVector.broadcast(DOUBLES, DOWN);
    int at = block * lanes;
    DoubleVector a0 = DoubleVector.fromArray(DOUBLES, left, at);
    DoubleVector a1 = DoubleVector.fromArray(DOUBLES, left, at + lanes);
    DoubleVector a2 = DoubleVector.fromArray(DOUBLES, left, at + 2 * lanes);
    DoubleVector a3 = DoubleVector.fromArray(DOUBLES, left, at + 3 * lanes);
    DoubleVector b0 = DoubleVector.fromArray(DOUBLES, right, 0);
    DoubleVector b1 = DoubleVector.fromArray(DOUBLES, right, lanes);
    DoubleVector b2 = DoubleVector.fromArray(DOUBLES, right, 2 * lanes);
    DoubleVector b3 = DoubleVector.fromArray(DOUBLES, right, 3 * lanes);

    DoubleVector c0 = a0.fma(b0, DoubleVector.fromArray(DOUBLES, out, 0));
    DoubleVector c1 = a0.fma(b1, a1.fma(b0, DoubleVector.fromArray(DOUBLES, out, lanes)));
    DoubleVector c2 =
        a0.fma(b2, a1.fma(b1, a2.fma(b0, DoubleVector.fromArray(DOUBLES, out, 2 * lanes))));
    DoubleVector c3 =
        a0.fma(
            b3,
            a1.fma(b2, a2.fma(b1, a3.fma(b0, DoubleVector.fromArray(DOUBLES, out, 3 * lanes)))));
    DoubleVector high = c0.add(round).sub(round);
    DoubleVector m0 = c0.sub(high);
    c1 = high.fma(down, c1);
    high = c1.add(round).sub(round);
    DoubleVector m1 = c1.sub(high);
    c2 = high.fma(down, c2);
    high = c2.add(round).sub(round);
    DoubleVector m2 = c2.sub(high);
    c3 = high.fma(down, c3);
    high = c3.add(round).sub(round);
    DoubleVector m3 = c3.sub(high);
    high.fma(down, DoubleVector.fromArray(DOUBLES, out, 4 * lanes)).intoArray(out, 4 * lanes);

    DoubleVector n1 = DoubleVector.zero(DOUBLES);
    DoubleVector n2 = n1;
    DoubleVector n3 = n1;
    for (int j = 0; j < skipped; j += BLOCK) {
      int to = j * lanes;
      int from = to + BLOCK * lanes;
      DoubleVector n4 = DoubleVector.broadcast(DOUBLES, upper[j]);
      DoubleVector n5 = DoubleVector.broadcast(DOUBLES, upper[j + 1]);
      DoubleVector n6 = DoubleVector.broadcast(DOUBLES, upper[j + 2]);
      DoubleVector n7 = DoubleVector.broadcast(DOUBLES, upper[j + 3]);
      c0 = m3.fma(n1, DoubleVector.fromArray(DOUBLES, out, from));
      c1 = m3.fma(n2, DoubleVector.fromArray(DOUBLES, out, from + lanes));
      c2 = m3.fma(n3, DoubleVector.fromArray(DOUBLES, out, from + 2 * lanes));
      c3 = m3.fma(n4, DoubleVector.fromArray(DOUBLES, out, from + 3 * lanes));
      c0 = m2.fma(n2, c0);
      c1 = m2.fma(n3, c1);
      c2 = m2.fma(n4, c2);
      c3 = m2.fma(n5, c3);
      c0 = m1.fma(n3, c0);
      c1 = m1.fma(n4, c1);
      c2 = m1.fma(n5, c2);
      c3 = m1.fma(n6, c3);
      m0.fma(n4, c0).intoArray(out, to);
      m0.fma(n5, c1).intoArray(out, to + lanes);
      m0.fma(n6, c2).intoArray(out, to + 2 * lanes);
      m0.fma(n7, c3).intoArray(out, to + 3 * lanes);
      n1 = n5;
      n2 = n6;
      n3 = n7;
    }
    for (int j = skipped; j < digits; j += BLOCK) {
      int to = j * lanes;
      int from = to + BLOCK * lanes;
      DoubleVector b4 = DoubleVector.fromArray(DOUBLES, right, from);
      DoubleVector b5 = DoubleVector.fromArray(DOUBLES, right, from + lanes);
      DoubleVector b6 = DoubleVector.fromArray(DOUBLES, right, from + 2 * lanes);
      DoubleVector b7 = DoubleVector.fromArray(DOUBLES, right, from + 3 * lanes);
      DoubleVector n4 = DoubleVector.broadcast(DOUBLES, upper[j]);
      DoubleVector n5 = DoubleVector.broadcast(DOUBLES, upper[j + 1]);
      DoubleVector n6 = DoubleVector.broadcast(DOUBLES, upper[j + 2]);
      DoubleVector n7 = DoubleVector.broadcast(DOUBLES, upper[j + 3]);
      c0 = a3.fma(b1, DoubleVector.fromArray(DOUBLES, out, from));
      c1 = a3.fma(b2, DoubleVector.fromArray(DOUBLES, out, from + lanes));
      c2 = a3.fma(b3, DoubleVector.fromArray(DOUBLES, out, from + 2 * lanes));
      c3 = a3.fma(b4, DoubleVector.fromArray(DOUBLES, out, from + 3 * lanes));
      c0 = a2.fma(b2, c0);
      c1 = a2.fma(b3, c1);
      c2 = a2.fma(b4, c2);
      c3 = a2.fma(b5, c3);
      c0 = a1.fma(b3, c0);
      c1 = a1.fma(b4, c1);
      c2 = a1.fma(b5, c2);
      c3 = a1.fma(b6, c3);
      c0 = a0.fma(b4, c0);
      c1 = a0.fma(b5, c1);
      c2 = a0.fma(b6, c2);
      c3 = a0.fma(b7, c3);
      c0 = m3.fma(n1, c0);
      c1 = m3.fma(n2, c1);
      c2 = m3.fma(n3, c2);
      c3 = m3.fma(n4, c3);
      c0 = m2.fma(n2, c0);
      c1 = m2.fma(n3, c1);
      c2 = m2.fma(n4, c2);
      c3 = m2.fma(n5, c3);
      c0 = m1.fma(n3, c0);
      c1 = m1.fma(n4, c1);
      c2 = m1.fma(n5, c2);
      c3 = m1.fma(n6, c3);
      c0 = m0.fma(n4, c0);
      c1 = m0.fma(n5, c1);
      c2 = m0.fma(n6, c2);
      c3 = m0.fma(n7, c3);
      c0.intoArray(out, to);
      c1.intoArray(out, to + lanes);
      c2.intoArray(out, to + 2 * lanes);
      c3.intoArray(out, to + 3 * lanes);
      b1 = b5;
      b2 = b6;
      b3 = b7;
      n1 = n5;
      n2 = n6;
      n3 = n7;
    }
  }

  /** Moves what exceeds a digit one column up, in all columns at once; the last one keeps it. */
  private static void carry(double[] out, int digits) {
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector down = DoubleVector.broadcast(DOUBLES, DOWN);
    DoubleVector below = DoubleVector.zero(DOUBLES);
    int last = (digits - 1) * LANES;
    for (int at = 0; at < last; at += LANES) {
      DoubleVector column = DoubleVector.fromArray(DOUBLES, out, at);
      DoubleVector high = column.add(round).sub(round);
      below.fma(down, column.sub(high)).intoArray(out, at);
      below = high;
    }
    below.fma(down, DoubleVector.fromArray(DOUBLES, out, last)).intoArray(out, last);
  }

  /** Takes digits out of words: {@code words} has shape [digits / 2][lanes]. */
  static void unpack(long[] words, double[] out, int digits) {
    LongVector low = LongVector.broadcast(LONGS, 0xFFFFFFFFL);
    LongVector exponent = LongVector.broadcast(LONGS, EXPONENT);
    DoubleVector biased = DoubleVector.broadcast(DOUBLES, BIASED);
    int end = digits / 2 * LANES;
    for (int at = 0; at < end; at += LANES) {
      LongVector word = LongVector.fromArray(LONGS, words, at);
      word.and(low).or(exponent).reinterpretAsDoubles().sub(biased).intoArray(out, 2 * at);
      word.lanewise(VectorOperators.LSHR, 32)
          .or(exponent)
          .reinterpretAsDoubles()
          .sub(biased)
          .intoArray(out, 2 * at + LANES);
    }
  }

  /** Puts two digits into each word. */
  static void pack(double[] values, long[] words, int digits) {
    LongVector low = LongVector.broadcast(LONGS, 0xFFFFFFFFL);
    DoubleVector biased = DoubleVector.broadcast(DOUBLES, BIASED);
    int end = digits / 2 * LANES;
    for (int at = 0; at < end; at += LANES) {
      LongVector even =
          DoubleVector.fromArray(DOUBLES, values, 2 * at).add(biased).reinterpretAsLongs().and(low);
      LongVector odd =
          DoubleVector.fromArray(DOUBLES, values, 2 * at + LANES).add(biased).reinterpretAsLongs();
      odd.lanewise(VectorOperators.LSHL, 32).or(even).intoArray(words, at);
    }
  }
}
