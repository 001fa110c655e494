package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Montgomery products row by row on limbs of 57 bits.
 *
 * <p>A product of two limbs is gathered in two parts: its upper part {@code floor(ab / 2^58)},
 * exactly, and its low 64 bits, modulo 2^64. The sum of the lower parts {@code ab mod 2^58} stays
 * below 2^64 for up to 64 products, so it is the low sum minus the upper sum shifted left by 58: no
 * masks and no carries in the inner loops. Columns with more products are carried in between.
 *
 * <p>A row is one limb times a whole number, since the compiler joins the low parts of such a loop
 * to vector instructions where the processor has them; two rows at once save loads, but lose that.
 *
 * <p>Residues are kept below twice the modulus; since the Montgomery radix exceeds four times the
 * modulus, products need no final subtraction (Walter, 1999).
 */
final class ScalarKernel implements ModularKernel {

  static final ModularKernelFactory FACTORY =
      new ModularKernelFactory() {
        @Override
        public String name() {
          return "scalar";
        }

        @Override
        public ModularKernel create(BigInteger modulus) {
          return new ScalarKernel(modulus);
        }
      };

  private static final int RADIX_BITS = 57;
  private static final long MASK = (1L << RADIX_BITS) - 1;

  /** The upper part of a product starts here: one above a limb. */
  private static final int UPPER_BITS = RADIX_BITS + 1;

  /** A limb shifted by this, times another one, has its upper part in the upper 64 bits. */
  private static final int UPPER_SHIFT = 64 - UPPER_BITS;

  /** Lower parts that a column holds. */
  private static final int MOST_PARTS = 1 << (64 - UPPER_BITS);

  private final BigInteger modulus;
  private final int limbs;
  private final long[] plainModulus;
  private final long negatedInverse;
  private final long[] radixSquared;
  private final long[] montgomeryOne;
  private final long[] plainOne;

  ScalarKernel(BigInteger modulus) {
    if (modulus.signum() <= 0 || !modulus.testBit(0) || modulus.equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("the modulus must be odd and above 1");
    }
    this.modulus = modulus;
    this.limbs = (modulus.bitLength() + 2 + RADIX_BITS - 1) / RADIX_BITS;
    this.plainModulus = split(modulus);
    this.negatedInverse = negatedInverse(plainModulus[0]);
    BigInteger radix = BigInteger.ONE.shiftLeft(RADIX_BITS * limbs);
    this.montgomeryOne = split(radix.mod(modulus));
    this.radixSquared = split(radix.multiply(radix).mod(modulus));
    this.plainOne = split(BigInteger.ONE);
  }

  private static long negatedInverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 6; i++) {
      inverse *= 2 - odd * inverse;
    }
    return -inverse;
  }

  private long[] split(BigInteger value) {
    int width = (limbs * RADIX_BITS + 7) / 8;
    byte[] bytes = new byte[width];
    LittleEndian.write(value, bytes, 0, width);
    long[] out = new long[limbs];
    LimbBytes.toLimbs(bytes, 0, width, out, RADIX_BITS);
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
    return limbs;
  }

  @Override
  public void load(byte[] bytes, int offset, int width, long[] out, int outFrom, int count) {
    Scratch scratch = new Scratch(limbs);
    long[] plain = new long[limbs];
    for (int i = 0; i < count; i++) {
      LimbBytes.toLimbs(bytes, offset + i * width, width, plain, RADIX_BITS);
      product(scratch, plain, 0, radixSquared, 0, out, (outFrom + i) * limbs);
    }
  }

  @Override
  public void store(long[] in, int inFrom, int count, byte[] bytes, int offset, int width) {
    Scratch scratch = new Scratch(limbs);
    long[] plain = new long[limbs];
    for (int i = 0; i < count; i++) {
      product(scratch, in, (inFrom + i) * limbs, plainOne, 0, plain, 0);
      reduceOnce(plain);
      LimbBytes.toBytes(plain, bytes, offset + i * width, width, RADIX_BITS);
    }
  }

  /** Subtracts the modulus if the value, which is at most the modulus, is not below it. */
  private void reduceOnce(long[] value) {
    for (int i = limbs - 1; i >= 0; i--) {
      if (value[i] != plainModulus[i]) {
        return;
      }
    }
    java.util.Arrays.fill(value, 0);
  }

  @Override
  public void one(long[] out, int outIndex) {
    System.arraycopy(montgomeryOne, 0, out, outIndex * limbs, limbs);
  }

  @Override
  public void mulBatch(
      long[] a, int aFrom, long[] b, int bFrom, long[] out, int outFrom, int count) {
    Scratch scratch = new Scratch(limbs);
    for (int i = 0; i < count; i++) {
      product(scratch, a, (aFrom + i) * limbs, b, (bFrom + i) * limbs, out, (outFrom + i) * limbs);
    }
  }

  @Override
  public void mulShared(
      long[] a, int aFrom, long[] b, int bIndex, long[] out, int outFrom, int count) {
    Scratch scratch = new Scratch(limbs);
    for (int i = 0; i < count; i++) {
      product(scratch, a, (aFrom + i) * limbs, b, bIndex * limbs, out, (outFrom + i) * limbs);
    }
  }

  @Override
  public void squareBatch(long[] values, int from, int count, int times) {
    Scratch scratch = new Scratch(limbs);
    for (int i = 0; i < count; i++) {
      int at = (from + i) * limbs;
      for (int t = 0; t < times; t++) {
        product(scratch, values, at, values, at, values, at);
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
    Scratch scratch = new Scratch(limbs);
    for (int i = 0; i < pairs; i++) {
      int to = targetIndex[i];
      if (filled != null && !filled[to]) {
        System.arraycopy(source, sourceIndex[i] * limbs, target, to * limbs, limbs);
        filled[to] = true;
      } else {
        product(scratch, target, to * limbs, source, sourceIndex[i] * limbs, target, to * limbs);
      }
    }
  }

  /** Columns of one running product, in two parts each. */
  private static final class Scratch {
    final long[] upper;
    final long[] low;

    Scratch(int limbs) {
      upper = new long[2 * limbs + 1];
      low = new long[2 * limbs + 1];
    }
  }

  private void product(Scratch s, long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    long[] upper = s.upper;
    long[] low = s.low;
    java.util.Arrays.fill(upper, 0);
    java.util.Arrays.fill(low, 0);
    int parts = 0;
    for (int i = 0; i < limbs; i++) {
      // Two rows, and what the column before carries over.
      if (parts + 3 > MOST_PARTS) {
        carryAll(upper, low, i);
        parts = 2;
      }
      parts += 2;
      addRow(upper, low, i, a[aAt + i], b, bAt);
      addRow(upper, low, i, low[i] * negatedInverse & MASK, plainModulus, 0);
      addCarry(upper, low, i + 1, carry(upper[i], low[i]));
    }
    for (int i = 0; i < limbs; i++) {
      out[at + i] = low[limbs + i] & MASK;
      addCarry(upper, low, limbs + i + 1, carry(upper[limbs + i], low[limbs + i]));
    }
  }

  private void addRow(long[] upper, long[] low, int column, long limb, long[] number, int at) {
    long shifted = limb << UPPER_SHIFT;
    for (int j = 0; j < limbs; j++) {
      low[column + j] += limb * number[at + j];
      upper[column + j] += Math.multiplyHigh(shifted, number[at + j]);
    }
  }

  /** What a column is above a limb. */
  private static long carry(long upper, long low) {
    return 2 * upper + (low - (upper << UPPER_BITS) >>> RADIX_BITS);
  }

  private static void addCarry(long[] upper, long[] low, int column, long carry) {
    upper[column] += carry >>> UPPER_BITS;
    low[column] += carry;
  }

  /** Leaves the columns of the next rows, each with two parts at most. */
  private void carryAll(long[] upper, long[] low, int from) {
    long carry = 0;
    for (int i = from; i <= from + limbs; i++) {
      long next = carry(upper[i], low[i]);
      upper[i] = carry >>> UPPER_BITS;
      low[i] = (low[i] & MASK) + carry;
      carry = next;
    }
  }
}
