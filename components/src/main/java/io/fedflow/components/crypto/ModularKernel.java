package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Arithmetic modulo one odd modulus over batches of residues in flat limb arrays.
 *
 * <p>A residue is a block of {@link #words()} longs in a form that only the kernel understands
 * (Montgomery form, perhaps not fully reduced); two blocks may differ and mean the same residue.
 * Positions are counted in residues, not in longs. Outside, residues are canonical: below the
 * modulus, little-endian bytes of a fixed width.
 *
 * <p>Implementations are immutable and safe for use by several threads on disjoint outputs. Output
 * blocks may be the same as input blocks at the same position. They do not check array bounds
 * beyond what Java does.
 */
public interface ModularKernel {

  /** The name of the implementation, as in {@link ModularKernelFactory#name()}. */
  String name();

  /** The modulus, odd and above 1. */
  BigInteger modulus();

  /** Longs in one residue. */
  int words();

  /**
   * How many products take as long as one; batches of a multiple of it waste nothing. 1 if single
   * products are as good as many.
   */
  default int lanes() {
    return 1;
  }

  /**
   * Enters canonical residues.
   *
   * @param bytes little-endian residues, {@code width} bytes each, each below the modulus
   * @param offset of the first residue in {@code bytes}, in bytes
   * @param width bytes of one residue
   * @param out receives {@code count} residues from position {@code outFrom}
   */
  void load(byte[] bytes, int offset, int width, long[] out, int outFrom, int count);

  /**
   * Leaves as canonical residues, each below the modulus.
   *
   * @param in holds {@code count} residues from position {@code inFrom}
   * @param bytes receives little-endian residues, {@code width} bytes each
   * @param width bytes of one residue, enough for the modulus
   */
  void store(long[] in, int inFrom, int count, byte[] bytes, int offset, int width);

  /** Writes the residue 1 to a position. */
  void one(long[] out, int outIndex);

  /** {@code out[i] = a[i] * b[i]} for {@code count} consecutive positions. */
  void mulBatch(long[] a, int aFrom, long[] b, int bFrom, long[] out, int outFrom, int count);

  /** {@code out[i] = a[i] * b} for {@code count} consecutive positions. */
  void mulShared(long[] a, int aFrom, long[] b, int bIndex, long[] out, int outFrom, int count);

  /** {@code values[i] = values[i] ^ (2 ^ times)} for {@code count} consecutive positions. */
  void squareBatch(long[] values, int from, int count, int times);

  /**
   * {@code target[targetIndex[i]] *= source[sourceIndex[i]]} for i = 0 to {@code pairs - 1}, in
   * effect one after the other: positions may repeat. The two arrays differ.
   *
   * @param filled marks positions of {@code target} that hold a residue; a product into an empty
   *     position copies and marks it; null if all hold residues
   */
  void mulIndexed(
      long[] target,
      int[] targetIndex,
      long[] source,
      int[] sourceIndex,
      int pairs,
      boolean[] filled);
}
