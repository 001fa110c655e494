package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Powers to one secret exponent modulo one secret number: on a kernel that computes several at
 * once, otherwise by {@link BigInteger}, whose powers are as fast as single products can be.
 * Immutable and thread-safe.
 */
final class SecretPower {

  private final BigInteger modulus;
  private final BigInteger exponent;

  /** Null if the powers are BigInteger's. */
  private final ModularKernel kernel;

  /**
   * Prepares.
   *
   * @param modulus odd, above 1
   * @param exponent non-negative
   */
  SecretPower(ModularKernelFactory kernels, BigInteger modulus, BigInteger exponent) {
    this.modulus = modulus;
    this.exponent = exponent;
    ModularKernel made = kernels.create(modulus);
    this.kernel = made.lanes() > 1 ? made : null;
  }

  /** Raises each of some non-negative numbers, in a new array. */
  BigInteger[] of(BigInteger[] bases) {
    BigInteger[] out = new BigInteger[bases.length];
    if (kernel == null) {
      for (int i = 0; i < bases.length; i++) {
        out[i] = bases[i].modPow(exponent, modulus);
      }
      return out;
    }
    for (int i = 0; i < bases.length; i++) {
      out[i] = bases[i].mod(modulus);
    }
    long[] powers = new long[bases.length * kernel.words()];
    Residues.powShared(kernel, Residues.enterAll(kernel, out), 0, bases.length, exponent, powers);
    return Residues.leaveAll(kernel, powers, 0, bases.length);
  }

  /** Reveals nothing. */
  @Override
  public String toString() {
    return "secret power";
  }
}
