package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Draws random primes with the two top bits set, so that the product of two has exactly twice their
 * bits. Candidates are independent: no prime is favoured by the gap before it.
 */
final class PrimeSource {

  private static final int CERTAINTY = 100;
  private static final BigInteger TRIAL = SmallPrimes.primorial(1000);

  private final SecureRandom random;

  PrimeSource(SecureRandom random) {
    this.random = random;
  }

  /** A probable prime of {@code bits} bits, at least 32, that is 3 modulo 4. */
  BigInteger threeModuloFour(int bits) {
    while (true) {
      BigInteger candidate = odd(bits).setBit(1);
      if (isPrime(candidate)) {
        return candidate;
      }
    }
  }

  /** A probable prime of {@code bits} bits, at least 32. */
  BigInteger any(int bits) {
    while (true) {
      BigInteger candidate = odd(bits);
      if (isPrime(candidate)) {
        return candidate;
      }
    }
  }

  /**
   * A probable prime {@code 2 u factor + 1} with random u, of the uppermost eighth of the numbers
   * of {@code bits} bits.
   *
   * @param factor positive and well below {@code 2^bits}
   */
  BigInteger oneModulo(BigInteger factor, int bits) {
    BigInteger step = factor.shiftLeft(1);
    BigInteger least = BigInteger.valueOf(7).shiftLeft(bits - 3).divide(step).add(BigInteger.ONE);
    BigInteger most = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.TWO).divide(step);
    BigInteger choices = most.subtract(least).add(BigInteger.ONE);
    while (true) {
      BigInteger u = new BigInteger(choices.bitLength(), random);
      if (u.compareTo(choices) < 0) {
        BigInteger candidate = least.add(u).multiply(step).add(BigInteger.ONE);
        if (isPrime(candidate)) {
          return candidate;
        }
      }
    }
  }

  private BigInteger odd(int bits) {
    return new BigInteger(bits, random).setBit(0).setBit(bits - 1).setBit(bits - 2);
  }

  private static boolean isPrime(BigInteger candidate) {
    return candidate.mod(TRIAL).gcd(TRIAL).equals(BigInteger.ONE)
        && candidate.isProbablePrime(CERTAINTY);
  }
}
