package io.fedflow.components.feldman;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Polynomials over the numbers modulo {@link PrimeGroup#Q}, whose value at 0 is a secret and at 1,
 * 2, … are its shares. As many shares as coefficients give the secret; fewer tell nothing.
 * Immutable by convention.
 *
 * @param coefficients from the constant one
 */
record Polynomial(BigInteger[] coefficients) {

  /** A random polynomial of a secret. */
  static Polynomial of(BigInteger secret, int count, SecureRandom random) {
    BigInteger[] coefficients = new BigInteger[count];
    coefficients[0] = secret;
    for (int i = 1; i < count; i++) {
      coefficients[i] = random(random);
    }
    return new Polynomial(coefficients);
  }

  /** A uniform number below Q. */
  static BigInteger random(SecureRandom random) {
    BigInteger number;
    do {
      number = new BigInteger(PrimeGroup.Q.bitLength(), random);
    } while (number.compareTo(PrimeGroup.Q) >= 0);
    return number;
  }

  /** The value at a point. */
  BigInteger at(int point) {
    BigInteger x = BigInteger.valueOf(point);
    BigInteger value = BigInteger.ZERO;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      value = value.multiply(x).add(coefficients[i]).mod(PrimeGroup.Q);
    }
    return value;
  }

  /**
   * The secret.
   *
   * @param shares the values at 1, 2, …
   */
  static BigInteger secret(BigInteger[] shares) {
    BigInteger secret = BigInteger.ZERO;
    for (int i = 1; i <= shares.length; i++) {
      BigInteger above = BigInteger.ONE;
      BigInteger below = BigInteger.ONE;
      for (int j = 1; j <= shares.length; j++) {
        if (j != i) {
          above = above.multiply(BigInteger.valueOf(j));
          below = below.multiply(BigInteger.valueOf(j - i));
        }
      }
      BigInteger factor = above.multiply(below.mod(PrimeGroup.Q).modInverse(PrimeGroup.Q));
      secret = secret.add(shares[i - 1].multiply(factor)).mod(PrimeGroup.Q);
    }
    return secret;
  }
}
