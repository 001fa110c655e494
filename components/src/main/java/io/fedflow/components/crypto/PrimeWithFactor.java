package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * A random prime of which a large prime factor of the number before it is known. A secret.
 *
 * @param prime {@code factor * cofactor + 1}, its three top bits set
 * @param factor a random prime
 * @param cofactor even
 */
record PrimeWithFactor(BigInteger prime, BigInteger factor, BigInteger cofactor) {

  /**
   * Draws one.
   *
   * @param bits of the prime
   * @param factorBits of the factor, at least 32 and well below {@code bits}
   */
  static PrimeWithFactor draw(int bits, int factorBits, SecureRandom random) {
    PrimeSource primes = new PrimeSource(random);
    BigInteger factor = primes.any(factorBits);
    BigInteger prime = primes.oneModulo(factor, bits);
    return new PrimeWithFactor(prime, factor, prime.subtract(BigInteger.ONE).divide(factor));
  }

  /** Reveals nothing. */
  @Override
  public String toString() {
    return "prime with factor";
  }
}
