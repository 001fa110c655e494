package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Montgomery products column by column (the FIPS method of Koç, Acar and Kaliski, 1996) on limbs of
 * 56 bits.
 *
 * <p>A limb product is gathered as its upper part {@code floor(ab / 2^r)}, exactly, and its low 64
 * bits, modulo 2^64. The sum of the lower parts {@code ab mod 2^r} stays below 2^64 for up to
 * 2^(64-r) products, so it is the low sum minus the upper sum shifted left by r: no masks and no
 * carries in the inner loop. The products with the right operand and those with the modulus go in
 * separate loops: together they need more registers than there are. Moduli too long for this bound
 * use limbs of 52 bits.
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

  private static final int SHORT_RADIX_BITS = 52;
  private static final int RADIX_BITS = 56;

  private final BigInteger modulus;
  private final int radixBits;
  private final long mask;
  private final int limbs;

  /** Modulus, most significant limb first, as it is and shifted for the upper parts. */
  private final long[] reversed;

  private final long[] reversedShifted;
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
    this.radixBits = fits(modulus, RADIX_BITS) ? RADIX_BITS : SHORT_RADIX_BITS;
    this.mask = (1L << radixBits) - 1;
    this.limbs = limbsFor(modulus, radixBits);
    this.plainModulus = split(modulus);
    this.reversed = new long[limbs];
    this.reversedShifted = new long[limbs];
    for (int i = 0; i < limbs; i++) {
      reversed[i] = plainModulus[limbs - 1 - i];
      reversedShifted[i] = reversed[i] << (64 - radixBits) / 2;
    }
    this.negatedInverse = negatedInverse(plainModulus[0]) & mask;
    BigInteger radix = BigInteger.ONE.shiftLeft(radixBits * limbs);
    this.montgomeryOne = split(radix.mod(modulus));
    this.radixSquared = split(radix.multiply(radix).mod(modulus));
    this.plainOne = split(BigInteger.ONE);
  }

  private static int limbsFor(BigInteger modulus, int radixBits) {
    return (modulus.bitLength() + 2 + radixBits - 1) / radixBits;
  }

  /** Whether a column of two products a limb, with the carry, stays within its bound. */
  private static boolean fits(BigInteger modulus, int radixBits) {
    return 2 * limbsFor(modulus, radixBits) + 2 <= 1 << (64 - radixBits);
  }

  private static long negatedInverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 6; i++) {
      inverse *= 2 - odd * inverse;
    }
    return -inverse;
  }

  private long[] split(BigInteger value) {
    int width = (limbs * radixBits + 7) / 8;
    byte[] bytes = new byte[width];
    LittleEndian.write(value, bytes, 0, width);
    long[] out = new long[limbs];
    LimbBytes.toLimbs(bytes, 0, width, out, radixBits);
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
    scratch.right(radixSquared, 0, limbs, shift());
    long[] plain = new long[limbs];
    for (int i = 0; i < count; i++) {
      LimbBytes.toLimbs(bytes, offset + i * width, width, plain, radixBits);
      scratch.left(plain, 0, shift());
      product(scratch, out, (outFrom + i) * limbs);
    }
  }

  @Override
  public void store(long[] in, int inFrom, int count, byte[] bytes, int offset, int width) {
    Scratch scratch = new Scratch(limbs);
    scratch.right(plainOne, 0, limbs, shift());
    long[] plain = new long[limbs];
    for (int i = 0; i < count; i++) {
      scratch.left(in, (inFrom + i) * limbs, shift());
      product(scratch, plain, 0);
      reduceOnce(plain);
      LimbBytes.toBytes(plain, bytes, offset + i * width, width, radixBits);
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
      scratch.left(a, (aFrom + i) * limbs, shift());
      scratch.right(b, (bFrom + i) * limbs, limbs, shift());
      product(scratch, out, (outFrom + i) * limbs);
    }
  }

  @Override
  public void mulShared(
      long[] a, int aFrom, long[] b, int bIndex, long[] out, int outFrom, int count) {
    Scratch scratch = new Scratch(limbs);
    scratch.right(b, bIndex * limbs, limbs, shift());
    for (int i = 0; i < count; i++) {
      scratch.left(a, (aFrom + i) * limbs, shift());
      product(scratch, out, (outFrom + i) * limbs);
    }
  }

  @Override
  public void squareBatch(long[] values, int from, int count, int times) {
    Scratch scratch = new Scratch(limbs);
    for (int i = 0; i < count; i++) {
      int at = (from + i) * limbs;
      for (int t = 0; t < times; t++) {
        scratch.left(values, at, shift());
        scratch.right(values, at, limbs, shift());
        product(scratch, values, at);
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
        scratch.left(target, to * limbs, shift());
        scratch.right(source, sourceIndex[i] * limbs, limbs, shift());
        product(scratch, target, to * limbs);
      }
    }
  }

  private int shift() {
    return (64 - radixBits) / 2;
  }

  /** Operands of the running product; the right one is reversed so that both are read upwards. */
  private static final class Scratch {
    final long[] left;
    final long[] leftShifted;
    final long[] right;
    final long[] rightShifted;
    final long[] quotient;
    final long[] quotientShifted;

    Scratch(int limbs) {
      left = new long[limbs];
      leftShifted = new long[limbs];
      right = new long[limbs];
      rightShifted = new long[limbs];
      quotient = new long[limbs];
      quotientShifted = new long[limbs];
    }

    void left(long[] values, int at, int shift) {
      for (int i = 0; i < left.length; i++) {
        long limb = values[at + i];
        left[i] = limb;
        leftShifted[i] = limb << shift;
      }
    }

    void right(long[] values, int at, int limbs, int shift) {
      for (int i = 0; i < limbs; i++) {
        long limb = values[at + limbs - 1 - i];
        right[i] = limb;
        rightShifted[i] = limb << shift;
      }
    }
  }

  private void product(Scratch s, long[] out, int at) {
    int shift = shift();
    long carry = 0;
    for (int i = 0; i < limbs; i++) {
      carry = lowerColumn(s, i, shift, carry);
    }
    for (int i = limbs; i < 2 * limbs - 1; i++) {
      carry = upperColumn(s, i, carry, out, at + i - limbs);
    }
    out[at + limbs - 1] = carry;
  }

  /** Adds a column of the product, and the multiple of the modulus that clears it. */
  private long lowerColumn(Scratch s, int column, int shift, long carry) {
    long[] a = s.left;
    long[] as = s.leftShifted;
    long[] b = s.right;
    long[] bs = s.rightShifted;
    long[] q = s.quotient;
    long[] qs = s.quotientShifted;
    long[] n = reversed;
    long[] ns = reversedShifted;
    int last = limbs - 1;
    int base = last - column;
    long high = carry >>> radixBits;
    long low = carry;
    for (int j = 0; j < column; j++) {
      high += Math.multiplyHigh(as[j], bs[base + j]);
      low += a[j] * b[base + j];
    }
    for (int j = 0; j < column; j++) {
      high += Math.multiplyHigh(qs[j], ns[base + j]);
      low += q[j] * n[base + j];
    }
    high += Math.multiplyHigh(as[column], bs[last]);
    low += a[column] * b[last];
    long quotient = low * negatedInverse & mask;
    q[column] = quotient;
    qs[column] = quotient << shift;
    high += Math.multiplyHigh(quotient << shift, ns[last]);
    low += quotient * n[last];
    return high + (low - (high << radixBits) >>> radixBits);
  }

  private long upperColumn(Scratch s, int column, long carry, long[] out, int at) {
    long[] a = s.left;
    long[] as = s.leftShifted;
    long[] b = s.right;
    long[] bs = s.rightShifted;
    long[] q = s.quotient;
    long[] qs = s.quotientShifted;
    long[] n = reversed;
    long[] ns = reversedShifted;
    int count = limbs;
    int skip = column - count + 1;
    long high = carry >>> radixBits;
    long low = carry;
    for (int j = 0; j < count - skip; j++) {
      high += Math.multiplyHigh(as[skip + j], bs[j]);
      low += a[skip + j] * b[j];
    }
    for (int j = 0; j < count - skip; j++) {
      high += Math.multiplyHigh(qs[skip + j], ns[j]);
      low += q[skip + j] * n[j];
    }
    out[at] = low & mask;
    return high + (low - (high << radixBits) >>> radixBits);
  }
}
