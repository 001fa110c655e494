package io.fedflow.components.vector;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Independent Montgomery products, one in each lane of the processor's vectors.
 *
 * <p>Numbers are rows of signed digits of 48 bits in doubles; digit j of all lanes is one vector. A
 * product of two digits has up to 94 bits and is taken in two parts, exactly (after Emmart, Zheng
 * and Weems, ARITH 2018): a fused multiply-add onto 1.5 * 2^100 rounds to a multiple of 2^48, and a
 * second one gives what the rounding left. The upper parts of a column's products are added in the
 * first step already. So a product takes two multiplications and two additions, for which
 * processors have different units, where digits of 24 bits would take four multiplications.
 *
 * <p>The modulus is given as {@code N = -1 + 2^96 * upper}: then the two digits that clear the
 * lowest two columns are those columns themselves, and only {@code upper} is multiplied. Work goes
 * by blocks of two digits of the left operand. Columns are dropped by storing them two places
 * lower.
 *
 * <p>Why this is exact: the four products that a block adds to a column stay below 2^98 together,
 * also when two of them are of doubled digits, so rounded sums stay in [2^100, 2^101), where
 * doubles are multiples of 2^48. What rounding leaves is 2^47 at most. A block so adds at most 2^50
 * to a column, which holds 2^47 after a carry and may hold 2^53.
 *
 * <p>Everything here must be compiled by the optimising compiler to be fast; what the compiler has
 * not yet seen runs a thousand times slower. Stateless; arrays belong to the calling thread.
 */
final class LaneProducts {

  static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** Numbers that are computed at once. */
  static final int LANES = DOUBLES.length();

  /** Bits of a digit. */
  static final int DIGIT_BITS = 48;

  /** Digits of the left operand that one pass over the columns takes. */
  static final int BLOCK = 2;

  /** Blocks that a column takes before it must carry. */
  private static final int BLOCKS_TO_CARRY = 7;

  /** Adding and subtracting this rounds to a multiple of 2^48. */
  private static final double ROUND = 0x1.8p100;

  private static final double DOWN = 0x1p-48;

  private LaneProducts() {}

  /**
   * {@code out = left * right / 2^(48 digits) mod N}, not unique; all below N in magnitude.
   *
   * @param left shape [digits][lanes], digits a little above 2^47 in magnitude at most
   * @param right shape [digits + 2][lanes], the last two digits 0
   * @param upper shape [digits], the last two 0
   * @param out shape [digits + 2][lanes], the last two digits 0 and stay so; not left or right
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
  }

  /**
   * {@code out = value^2 / 2^(48 digits) mod N}, as {@link #multiply} with three quarters of its
   * products: those of two different blocks of digits are taken once, with doubled digits.
   *
   * @param value shape [digits][lanes]
   * @param work shape [digits + 2][lanes], the last two digits 0; overwritten
   */
  static void square(double[] value, double[] work, double[] upper, double[] out, int digits) {
    clear(out, digits);
    add(value, value, work, digits * LANES);
    int pending = 0;
    for (int block = 0; block < digits; block += BLOCK) {
      if (pending++ == BLOCKS_TO_CARRY) {
        carry(out, digits);
        pending = 1;
      }
      int at = block * LANES;
      System.arraycopy(value, at, work, at, BLOCK * LANES);
      if (block == BLOCK) {
        // What is below a block was taken with that; the lowest columns get nothing more.
        Arrays.fill(work, 0, BLOCK * LANES, 0);
      }
      addBlock(value, block, work, upper, out, digits, Math.max(0, block - BLOCK));
    }
    carry(out, digits);
  }

  private static void add(double[] a, double[] b, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] + b[i];
    }
  }

  private static void clear(double[] out, int digits) {
    Arrays.fill(out, 0, digits * LANES, 0);
  }

  /**
   * Adds two rows, clears the lowest two columns and drops them. One column at a time: more at once
   * are no faster, and do not fit the registers of AVX2.
   *
   * @param skipped columns, after the drop, to which the right operand adds nothing: its lowest two
   *     digits are 0 and those up to {@code skipped + 2} are not looked at; or 0
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
    DoubleVector a0 = DoubleVector.fromArray(DOUBLES, left, block * lanes);
    DoubleVector a1 = DoubleVector.fromArray(DOUBLES, left, block * lanes + lanes);
    DoubleVector b0 = DoubleVector.fromArray(DOUBLES, right, 0);
    DoubleVector b1 = DoubleVector.fromArray(DOUBLES, right, lanes);

    // The lowest column: its rest is the first quotient digit, what is above goes one column up.
    DoubleVector up0 = a0.fma(b0, round);
    DoubleVector column = a0.fma(b0, round.sub(up0)).add(DoubleVector.fromArray(DOUBLES, out, 0));
    DoubleVector high = column.add(round).sub(round);
    DoubleVector m0 = column.sub(high);
    column = up0.sub(round).add(high).fma(down, DoubleVector.fromArray(DOUBLES, out, lanes));
    // The second column.
    up0 = a0.fma(b1, round);
    DoubleVector below = a1.fma(b0, up0);
    column = a0.fma(b1, round.sub(up0)).add(a1.fma(b0, up0.sub(below))).add(column);
    high = column.add(round).sub(round);
    DoubleVector m1 = column.sub(high);
    below = below.add(high);

    DoubleVector n1 = DoubleVector.zero(DOUBLES);
    for (int j = 0; j < skipped; j++) {
      int to = j * lanes;
      int from = to + BLOCK * lanes;
      DoubleVector n2 = DoubleVector.broadcast(DOUBLES, upper[j]);
      DoubleVector up2 = m1.fma(n1, round);
      DoubleVector up3 = m0.fma(n2, up2);
      DoubleVector rest = m1.fma(n1, round.sub(up2)).add(m0.fma(n2, up2.sub(up3)));
      below
          .sub(round)
          .fma(down, rest.add(DoubleVector.fromArray(DOUBLES, out, from)))
          .intoArray(out, to);
      below = up3;
      n1 = n2;
    }
    for (int j = skipped; j < digits; j++) {
      int to = j * lanes;
      int from = to + BLOCK * lanes;
      DoubleVector b2 = DoubleVector.fromArray(DOUBLES, right, from);
      DoubleVector n2 = DoubleVector.broadcast(DOUBLES, upper[j]);
      up0 = a1.fma(b1, round);
      DoubleVector up1 = a0.fma(b2, up0);
      DoubleVector up2 = m1.fma(n1, up1);
      DoubleVector up3 = m0.fma(n2, up2);
      DoubleVector rest = a1.fma(b1, round.sub(up0)).add(a0.fma(b2, up0.sub(up1)));
      rest = rest.add(m1.fma(n1, up1.sub(up2)).add(m0.fma(n2, up2.sub(up3))));
      below
          .sub(round)
          .fma(down, rest.add(DoubleVector.fromArray(DOUBLES, out, from)))
          .intoArray(out, to);
      below = up3;
      b1 = b2;
      n1 = n2;
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
}
