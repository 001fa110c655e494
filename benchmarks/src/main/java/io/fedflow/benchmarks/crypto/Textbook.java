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
  private final BigInteger inverseOfQ;
  private final BigInteger factorP;
  private final BigInteger factorQ;
  private final SecureRandom random;

  Textbook(int bits, SecureRandom random) {
    this.random = random;
    this.p = BigInteger.probablePrime(bits / 2, random);
    this.q = BigInteger.probablePrime(bits / 2, random);
    this.n = p.multiply(q);
    this.squared = n.multiply(n);
    this.inverseOfQ = q.modInverse(p);
    this.factorP = logarithm(n.add(BigInteger.ONE), p).modInverse(p);
    this.factorQ = logarithm(n.add(BigInteger.ONE), q).modInverse(q);
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
    BigInteger modP = logarithm(ciphertext, p).multiply(factorP).mod(p);
    BigInteger modQ = logarithm(ciphertext, q).multiply(factorQ).mod(q);
    return modQ.add(q.multiply(modP.subtract(modQ).multiply(inverseOfQ).mod(p)));
  }

  private static BigInteger logarithm(BigInteger ciphertext, BigInteger prime) {
    return ciphertext
        .modPow(prime.subtract(BigInteger.ONE), prime.multiply(prime))
        .subtract(BigInteger.ONE)
        .divide(prime);
  }

  /** One row of {@code X^T d}: a power and a product for each feature. */
  void row(BigInteger[] sums, BigInteger ciphertext, long[] features) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] = add(sums[c], multiply(ciphertext, features[c]));
    }
  }
}
