package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Powers of many numbers to one secret exponent modulo one number, as many at once as the kernel
 * takes. Thread-safe; results depend neither on the kernel nor on the pool's width. Running time
 * depends on the exponent.
 */
public final class SecretPowers {

  private final SecretPower power;
  private final int lanes;
  private final ComputePool pool;

  SecretPowers(
      ModularKernelFactory kernels, BigInteger modulus, BigInteger exponent, ComputePool pool) {
    this.power = new SecretPower(kernels, modulus, exponent);
    this.lanes = kernels.create(modulus).lanes();
    this.pool = pool;
  }

  /**
   * Raises each of some numbers.
   *
   * @param bases non-negative
   * @return the powers, of [0, modulus), in the same order
   */
  public BigInteger[] of(BigInteger[] bases) {
    BigInteger[] out = new BigInteger[bases.length];
    pool.forLanes(
        bases.length,
        1,
        lanes,
        (from, to) -> {
          BigInteger[] powers = power.of(Arrays.copyOfRange(bases, from, to));
          System.arraycopy(powers, 0, out, from, powers.length);
        });
    return out;
  }

  /** Reveals nothing. */
  @Override
  public String toString() {
    return "secret powers";
  }
}
