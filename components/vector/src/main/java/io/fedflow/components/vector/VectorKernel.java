package io.fedflow.components.vector;

import io.fedflow.components.crypto.ModularKernel;
import java.math.BigInteger;

/**
 * Eight products at once on processors with AVX-512, four with AVX2, in the lanes of {@link
 * LaneProducts}.
 *
 * <p>Computes modulo {@code N = n * k} with {@code k = -n^-1 mod 2^96}, so that N is -1 modulo
 * 2^96, and goes back to n when residues leave. Residues are below N in magnitude; the Montgomery
 * radix {@code 2^(48 digits)} is at least 4N, so products stay there (Walter, 1999). The longs of a
 * residue are the bits of its digits as doubles.
 */
final class VectorKernel implements ModularKernel {

  private static final int LANES = LaneProducts.LANES;
  private static final int DIGIT_BITS = LaneProducts.DIGIT_BITS;
  private static final int BLOCK_BITS = LaneProducts.BLOCK * DIGIT_BITS;

  private final BigInteger modulus;
  private final int digits;
  private final double[] upper;
  private final Canonical canonical;
  private final long[] radixSquared;
  private final long[] montgomeryOne;

  /** {@code 2^96}: what leaves is divided by it once more than by the radix. */
  private final long[] leaving;

  VectorKernel(BigInteger modulus) {
    if (modulus.signum() <= 0 || !modulus.testBit(0) || modulus.equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("the modulus must be odd and above 1");
    }
    this.modulus = modulus;
    int bits = modulus.bitLength() + BLOCK_BITS + 2;
    int blocks = (bits + BLOCK_BITS - 1) / BLOCK_BITS;
    this.digits = blocks * LaneProducts.BLOCK;
    BigInteger block = BigInteger.ONE.shiftLeft(BLOCK_BITS);
    BigInteger extended = modulus.multiply(block.subtract(modulus.modInverse(block)));
    this.upper = LaneDigits.of(extended.add(BigInteger.ONE).shiftRight(BLOCK_BITS), digits);
    this.canonical = new Canonical(modulus, digits);
    BigInteger radix = BigInteger.ONE.shiftLeft(DIGIT_BITS * digits);
    this.montgomeryOne = pack(radix.mod(modulus));
    this.radixSquared = pack(radix.multiply(radix).mod(modulus));
    this.leaving = pack(block);
  }

  private long[] pack(BigInteger value) {
    double[] signed = LaneDigits.of(value, digits);
    long[] packed = new long[digits];
    for (int j = 0; j < digits; j++) {
      packed[j] = Double.doubleToRawLongBits(signed[j]);
    }
    return packed;
  }

  @Override
  public String name() {
    return VectorKernels.NAME;
  }

  @Override
  public BigInteger modulus() {
    return modulus;
  }

  @Override
  public int words() {
    return digits;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void load(byte[] bytes, int offset, int width, long[] out, int outFrom, int count) {
    LaneSpace space = new LaneSpace(upper);
    space.rightAll(radixSquared, 0);
    for (int at = 0; at < count; at += LANES) {
      int lanes = Math.min(LANES, count - at);
      for (int lane = 0; lane < lanes; lane++) {
        LaneDigits.read(bytes, offset + (at + lane) * width, width, space, lane, digits);
      }
      space.multiply();
      space.writeProducts(out, outFrom + at, lanes);
    }
  }

  @Override
  public void store(long[] in, int inFrom, int count, byte[] bytes, int offset, int width) {
    LaneSpace space = new LaneSpace(upper);
    space.rightAll(leaving, 0);
    long[] columns = new long[canonical.columns()];
    for (int at = 0; at < count; at += LANES) {
      int lanes = Math.min(LANES, count - at);
      space.left(in, inFrom + at, lanes);
      space.multiply();
      for (int lane = 0; lane < lanes; lane++) {
        for (int j = 0; j < digits; j++) {
          Canonical.split(space.productDigit(j, lane), columns, j);
        }
        canonical.write(columns, bytes, offset + (at + lane) * width, width);
      }
    }
  }

  @Override
  public void one(long[] out, int outIndex) {
    System.arraycopy(montgomeryOne, 0, out, outIndex * digits, digits);
  }

  @Override
  public void mulBatch(
      long[] a, int aFrom, long[] b, int bFrom, long[] out, int outFrom, int count) {
    LaneSpace space = new LaneSpace(upper);
    for (int at = 0; at < count; at += LANES) {
      int lanes = Math.min(LANES, count - at);
      space.right(b, bFrom + at, lanes);
      space.left(a, aFrom + at, lanes);
      space.multiply();
      space.writeProducts(out, outFrom + at, lanes);
    }
  }

  @Override
  public void mulShared(
      long[] a, int aFrom, long[] b, int bIndex, long[] out, int outFrom, int count) {
    LaneSpace space = new LaneSpace(upper);
    space.rightAll(b, bIndex);
    for (int at = 0; at < count; at += LANES) {
      int lanes = Math.min(LANES, count - at);
      space.left(a, aFrom + at, lanes);
      space.multiply();
      space.writeProducts(out, outFrom + at, lanes);
    }
  }

  @Override
  public void squareBatch(long[] values, int from, int count, int times) {
    if (times == 0) {
      return;
    }
    LaneSpace space = new LaneSpace(upper);
    for (int at = 0; at < count; at += LANES) {
      int lanes = Math.min(LANES, count - at);
      space.left(values, from + at, lanes);
      space.squareLeft(times);
      space.writeLeft(values, from + at, lanes);
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
    if (pairs > 0) {
      new IndexedProducts(
              new LaneSpace(upper), digits, target, targetIndex, source, sourceIndex, pairs, filled)
          .run();
    }
  }

  @Override
  public String toString() {
    return "vector kernel[" + modulus.bitLength() + " bits, " + LANES + " lanes]";
  }
}
