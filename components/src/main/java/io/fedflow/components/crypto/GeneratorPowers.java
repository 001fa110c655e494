package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Encryption without randomness where a plaintext is an exponent: {@code g^m}. A table for each
 * length of plaintexts, which their public bound tells, so that short ones are cheap.
 */
final class GeneratorPowers implements VisibleEncryption {

  /** Lengths are rounded up to a multiple of this, in bits, so that there are few tables. */
  private static final int LENGTHS = 64;

  private final ModularKernel kernel;
  private final BigInteger generator;
  private final Map<Integer, LazyComb> combs = new ConcurrentHashMap<>();

  GeneratorPowers(ModularKernel kernel, BigInteger generator) {
    this.kernel = kernel;
    this.generator = generator;
  }

  @Override
  public ResidueWriter of(PlaintextBatch plain) {
    int lengths = Math.max(1, (plain.bound().bitLength() + LENGTHS - 1) / LENGTHS);
    FixedBaseComb comb =
        combs
            .computeIfAbsent(lengths * LENGTHS, bits -> new LazyComb(kernel, generator, bits))
            .forUses(plain.count());
    return (from, to, out, outFrom) -> write(comb, plain, from, to, out, outFrom);
  }

  /** Powers of the absolute values, of which those of negative ones are then inverted together. */
  private void write(
      FixedBaseComb comb, PlaintextBatch plain, int from, int to, long[] out, int outFrom) {
    BigInteger[] exponents = new BigInteger[to - from];
    int[] negative = new int[to - from];
    int negatives = 0;
    for (int i = 0; i < exponents.length; i++) {
      BigInteger mantissa = plain.mantissa(from + i);
      exponents[i] = mantissa.abs();
      if (mantissa.signum() < 0) {
        negative[negatives++] = outFrom + i;
      }
    }
    comb.pow(exponents, 0, exponents.length, out, outFrom);
    Residues.invertAt(kernel, out, java.util.Arrays.copyOf(negative, negatives));
  }

  /** The name of the kernel only. */
  @Override
  public String toString() {
    return "generator powers[" + kernel.name() + "]";
  }
}
