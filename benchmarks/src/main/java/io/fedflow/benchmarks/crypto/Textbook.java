package io.fedflow.benchmarks.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Paillier as a textbook writes it, on {@link BigInteger}: the baseline. Decryption uses the
 * Chinese remainder theorem, encryption a full power; products and powers are BigInteger's own.
 */
final class Textbook {

  private final BigInteger p;
  private final BigInteger q;
  private final BigInteger n;
  private final BigInteger squared;
  private final SecureRandom random;

  Textbook(int bits, SecureRandom random) {
    this.random = random;
    this.p = BigInteger.probablePrime(bits / 2, random);
    this.q = BigInteger.probablePrime(bits / 2, random);
    this.n = p.multiply(q);
    this.squared = n.multiply(n);
  }

  BigInteger p() {
    return p;
  }

  BigInteger q() {
    return q;
  }

  BigInteger encrypt(long value) {
    BigInteger plain = BigInteger.valueOf(value).mod(n).multiply(n).add(BigInteger.ONE);
    BigInteger r = new BigInteger(n.bitLength() - 1, random);
    return plain.multiply(r.modPow(n, squared)).mod(squared);
  }

  BigInteger add(BigInteger a, BigInteger b) {
    return a.multiply(b).mod(squared);
  }

  BigInteger multiply(BigInteger ciphertext, long scalar) {
    return ciphertext.modPow(BigInteger.valueOf(scalar), squared);
  }

  BigInteger decrypt(BigInteger ciphertext) {
    BigInteger modP = half(ciphertext, p);
    BigInteger modQ = half(ciphertext, q);
    return modQ.add(q.multiply(modP.subtract(modQ).multiply(q.modInverse(p)).mod(p)));
  }

  private BigInteger half(BigInteger ciphertext, BigInteger prime) {
    BigInteger square = prime.multiply(prime);
    BigInteger order = prime.subtract(BigInteger.ONE);
    BigInteger unit = logarithm(n.add(BigInteger.ONE).modPow(order, square), prime);
    return logarithm(ciphertext.modPow(order, square), prime)
        .multiply(unit.modInverse(prime))
        .mod(prime);
  }

  private static BigInteger logarithm(BigInteger power, BigInteger prime) {
    return power.subtract(BigInteger.ONE).divide(prime);
  }

  /** One row of {@code X^T d}: a power and a product for each feature. */
  void row(BigInteger[] sums, BigInteger ciphertext, long[] features) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] = add(sums[c], multiply(ciphertext, features[c]));
    }
  }
}
