package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Montgomery products in double arithmetic, written so that the compiler turns the inner loops into
 * vector instructions of whatever width the processor has.
 *
 * <p>Numbers are digits of about 22 bits. A product of two digits and a sum of all products of a
 * column stay below 2^53, so doubles hold them exactly and no inner loop needs carries. Work goes
 * by blocks of eight digits of the left operand: add the block's multiples of the right operand,
 * find the eight quotient digits that clear the lowest eight columns, add their multiples of the
 * modulus, drop the cleared columns. Rows of a block start one column apart; since the compiler
 * only joins loads that start at equal alignment, each right operand is kept in eight copies,
 * shifted by 0 to 7 columns.
 *
 * <p>Things that look wrong and are not: {@code Math.fma} would save a tenth here, but takes
 * thousands of times longer where the processor has no such instruction. Eight rows in one loop
 * exceed the compiler's limit for unrolling and run three times slower than twice four.
 *
 * <p>Residues are kept below twice the modulus, two digits in a long; the Montgomery radix exceeds
 * four times the modulus (Walter, 1999).
 */
final class DoubleKernel implements ModularKernel {

  static final ModularKernelFactory FACTORY =
      new ModularKernelFactory() {
        @Override
        public String name() {
          return "double";
        }

        @Override
        public ModularKernel create(BigInteger modulus) {
          return new DoubleKernel(modulus);
        }
      };

  /** Digits of a block: the doubles in the widest vector. */
  private static final int BLOCK = 8;

  private final BigInteger modulus;
  private final int digitBits;
  private final long mask;

  /** Digits of a number, a multiple of the block. */
  private final int digits;

  private final int words;
  private final long[] modulusWords;
  private final double[][] modulusCopies;

  /** {@code -modulus^-1} modulo a block, digit by digit. */
  private final long[] negatedInverse;

  private final long[] radixSquared;
  private final long[] montgomeryOne;
  private final long[] plainOne;

  DoubleKernel(BigInteger modulus) {
    if (modulus.signum() <= 0 || !modulus.testBit(0) || modulus.equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("the modulus must be odd and above 1");
    }
    this.modulus = modulus;
    this.digitBits = digitBits(modulus);
    this.mask = (1L << digitBits) - 1;
    this.digits = (significant(modulus, digitBits) + BLOCK - 1) / BLOCK * BLOCK;
    this.words = digits / 2;
    this.modulusWords = split(modulus);
    this.modulusCopies = new double[BLOCK][digits + BLOCK];
    copies(modulusWords, 0, modulusCopies);
    BigInteger block = BigInteger.ONE.shiftLeft(BLOCK * digitBits);
    BigInteger inverse = block.subtract(modulus.modInverse(block));
    this.negatedInverse = new long[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      negatedInverse[i] = inverse.shiftRight(i * digitBits).longValue() & mask;
    }
    BigInteger radix = BigInteger.ONE.shiftLeft(digitBits * digits);
    this.montgomeryOne = split(radix.mod(modulus));
    this.radixSquared = split(radix.multiply(radix).mod(modulus));
    this.plainOne = split(BigInteger.ONE);
  }

  private static int significant(BigInteger modulus, int digitBits) {
    return (modulus.bitLength() + 2 + digitBits - 1) / digitBits;
  }

  /** The longest digits whose columns, with all products and a carry, stay below 2^53. */
  private static int digitBits(BigInteger modulus) {
    int bits = 23;
    while (2L * significant(modulus, bits) > (1L << (53 - 2 * bits)) - 1) {
      bits--;
    }
    return bits;
  }

  private long[] split(BigInteger value) {
    int width = (digits * digitBits + 7) / 8;
    byte[] bytes = new byte[width];
    LittleEndian.write(value, bytes, 0, width);
    long[] out = new long[words];
    LimbBytes.toLimbs(bytes, 0, width, out, 2 * digitBits);
    return out;
  }

  @Override
  public String name() {
    return FACTORY.name();
  }

  @Override
  public BigInteger modulus() {
    return modulus;
  }

  @Override
  public int words() {
    return words;
  }

  @Override
  public void load(byte[] bytes, int offset, int width, long[] out, int outFrom, int count) {
    Scratch scratch = new Scratch(digits);
    copies(radixSquared, 0, scratch.right);
    long[] plain = new long[words];
    for (int i = 0; i < count; i++) {
      LimbBytes.toLimbs(bytes, offset + i * width, width, plain, 2 * digitBits);
      product(scratch, plain, 0, out, (outFrom + i) * words);
    }
  }

  @Override
  public void store(long[] in, int inFrom, int count, byte[] bytes, int offset, int width) {
    Scratch scratch = new Scratch(digits);
    copies(plainOne, 0, scratch.right);
    long[] plain = new long[words];
    for (int i = 0; i < count; i++) {
      product(scratch, in, (inFrom + i) * words, plain, 0);
      // A product with 1 is at most the modulus, and equal to it only for residue 0.
      if (java.util.Arrays.equals(plain, modulusWords)) {
        java.util.Arrays.fill(plain, 0);
      }
      LimbBytes.toBytes(plain, bytes, offset + i * width, width, 2 * digitBits);
    }
  }

  @Override
  public void one(long[] out, int outIndex) {
    System.arraycopy(montgomeryOne, 0, out, outIndex * words, words);
  }

  @Override
  public void mulBatch(
      long[] a, int aFrom, long[] b, int bFrom, long[] out, int outFrom, int count) {
    Scratch scratch = new Scratch(digits);
    for (int i = 0; i < count; i++) {
      copies(b, (bFrom + i) * words, scratch.right);
      product(scratch, a, (aFrom + i) * words, out, (outFrom + i) * words);
    }
  }

  @Override
  public void mulShared(
      long[] a, int aFrom, long[] b, int bIndex, long[] out, int outFrom, int count) {
    Scratch scratch = new Scratch(digits);
    copies(b, bIndex * words, scratch.right);
    for (int i = 0; i < count; i++) {
      product(scratch, a, (aFrom + i) * words, out, (outFrom + i) * words);
    }
  }

  @Override
  public void squareBatch(long[] values, int from, int count, int times) {
    Scratch scratch = new Scratch(digits);
    for (int i = 0; i < count; i++) {
      int at = (from + i) * words;
      for (int t = 0; t < times; t++) {
        copies(values, at, scratch.right);
        product(scratch, values, at, values, at);
      }
    }
  }

  @Override
  public void mulIndexed(
      long[] target,
      int[] targetIndex,
      long[] source,
      int[] sourceIndex,
      int pairs,
      boolean[] filled) {
    Scratch scratch = new Scratch(digits);
    for (int i = 0; i < pairs; i++) {
      int to = targetIndex[i];
      if (filled != null && !filled[to]) {
        System.arraycopy(source, sourceIndex[i] * words, target, to * words, words);
        filled[to] = true;
      } else {
        copies(source, sourceIndex[i] * words, scratch.right);
        product(scratch, target, to * words, target, to * words);
      }
    }
  }

  /** Work space of one thread. */
  private static final class Scratch {
    final double[] left;
    final double[][] right;

    /** Running columns before and after a reduction. */
    final double[] sum;

    final double[] reduced;
    final double[] quotient = new double[BLOCK];
    final long[] low = new long[BLOCK];

    Scratch(int digits) {
      left = new double[digits];
      right = new double[BLOCK][digits + BLOCK];
      sum = new double[digits + BLOCK];
      reduced = new double[digits + 2 * BLOCK];
    }
  }

  /** Writes the digits of a number into eight arrays, shifted up by 0 to 7 columns. */
  private void copies(long[] values, int at, double[][] out) {
    double[] first = out[0];
    unpack(values, at, first);
    for (int shift = 1; shift < BLOCK; shift++) {
      System.arraycopy(first, 0, out[shift], shift, digits);
    }
  }

  private void unpack(long[] values, int at, double[] out) {
    for (int i = 0; i < words; i++) {
      long word = values[at + i];
      out[2 * i] = word & mask;
      out[2 * i + 1] = word >>> digitBits;
    }
  }

  /** The Montgomery product with the right operand that the scratch holds. */
  private void product(Scratch s, long[] values, int at, long[] out, int outAt) {
    unpack(values, at, s.left);
    java.util.Arrays.fill(s.reduced, 0);
    for (int block = 0; block < digits; block += BLOCK) {
      addRows(s.sum, s.reduced, s.right, s.left, block);
      quotient(s);
      addMultiple(s.reduced, s.sum, modulusCopies, s.quotient);
      s.reduced[BLOCK] += carry(s.reduced);
    }
    pack(s.reduced, out, outAt);
  }

  /** Drops eight columns and adds eight rows. */
  private static void addRows(
      double[] to, double[] from, double[][] rows, double[] factors, int at) {
    double x0 = factors[at];
    double x1 = factors[at + 1];
    double x2 = factors[at + 2];
    double x3 = factors[at + 3];
    addFourShifted(to, from, rows[0], rows[1], rows[2], rows[3], x0, x1, x2, x3);
    double x4 = factors[at + 4];
    double x5 = factors[at + 5];
    double x6 = factors[at + 6];
    double x7 = factors[at + 7];
    addFour(to, to, rows[4], rows[5], rows[6], rows[7], x4, x5, x6, x7);
  }

  private static void addMultiple(double[] to, double[] from, double[][] rows, double[] factors) {
    addFour(
        to,
        from,
        rows[0],
        rows[1],
        rows[2],
        rows[3],
        factors[0],
        factors[1],
        factors[2],
        factors[3]);
    addFour(
        to, to, rows[4], rows[5], rows[6], rows[7], factors[4], factors[5], factors[6], factors[7]);
  }

  private static void addFourShifted(
      double[] to,
      double[] from,
      double[] r0,
      double[] r1,
      double[] r2,
      double[] r3,
      double x0,
      double x1,
      double x2,
      double x3) {
    for (int j = 0; j < r0.length; j++) {
      to[j] = from[j + BLOCK] + x0 * r0[j] + x1 * r1[j] + x2 * r2[j] + x3 * r3[j];
    }
  }

  private static void addFour(
      double[] to,
      double[] from,
      double[] r0,
      double[] r1,
      double[] r2,
      double[] r3,
      double x0,
      double x1,
      double x2,
      double x3) {
    for (int j = 0; j < r0.length; j++) {
      to[j] = from[j] + x0 * r0[j] + x1 * r1[j] + x2 * r2[j] + x3 * r3[j];
    }
  }

  /** The eight digits whose multiples of the modulus clear the lowest eight columns. */
  private void quotient(Scratch s) {
    long[] low = s.low;
    long carry = 0;
    for (int i = 0; i < BLOCK; i++) {
      long column = (long) s.sum[i] + carry;
      low[i] = column & mask;
      carry = column >>> digitBits;
    }
    carry = 0;
    for (int i = 0; i < BLOCK; i++) {
      long column = carry;
      for (int j = 0; j <= i; j++) {
        column += low[j] * negatedInverse[i - j];
      }
      s.quotient[i] = column & mask;
      carry = column >>> digitBits;
    }
  }

  /** What the cleared columns carry into the ninth. */
  private double carry(double[] columns) {
    long carry = 0;
    for (int i = 0; i < BLOCK; i++) {
      carry = (long) columns[i] + carry >>> digitBits;
    }
    return carry;
  }

  private void pack(double[] columns, long[] out, int at) {
    long carry = 0;
    for (int i = 0; i < words; i++) {
      long even = (long) columns[BLOCK + 2 * i] + carry;
      long odd = (long) columns[BLOCK + 2 * i + 1] + (even >>> digitBits);
      out[at + i] = (odd & mask) << digitBits | even & mask;
      carry = odd >>> digitBits;
    }
  }
}
