package io.fedflow.benchmarks.crypto;

import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.SecretPowers;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Paillier encryption by a fresh {@code r^n mod n^2} for each number, as Paillier (1999) defines
 * it, with the powers on our kernel: what our encryption would cost without tables and short
 * exponents. Powers are nearly all of it; the one product that joins one with its plaintext is
 * {@code BigInteger}'s.
 */
final class FullObfuscation {

  private final BigInteger n;
  private final BigInteger squared;
  private final SecretPowers powers;
  private final PrimeSide sideP;
  private final PrimeSide sideQ;
  private final BigInteger joint;
  private final SecureRandom random;

  /** Encrypts under the textbook's key, which decrypts it. */
  FullObfuscation(CryptoSuite suite, Textbook key, SecureRandom random) {
    this.n = key.p().multiply(key.q());
    this.squared = n.multiply(n);
    this.random = random;
    this.powers = suite.secretPowers(squared, n, ComputePool.inline());
    this.sideP = new PrimeSide(suite, key.p());
    this.sideQ = new PrimeSide(suite, key.q());
    this.joint = sideQ.squared.modInverse(sideP.squared);
  }

  /** Encrypts as anybody can who has the public key. */
  BigInteger[] encryptByOther(BigInteger[] plain) {
    return hide(plain, powers.of(units(plain.length)));
  }

  /** Encrypts as the holder of the primes can: powers modulo their squares, which are joined. */
  BigInteger[] encryptByOwner(BigInteger[] plain) {
    BigInteger[] units = units(plain.length);
    BigInteger[] p = sideP.powers(units);
    BigInteger[] q = sideQ.powers(units);
    BigInteger[] joined = new BigInteger[plain.length];
    for (int i = 0; i < joined.length; i++) {
      BigInteger high = p[i].subtract(q[i]).multiply(joint).mod(sideP.squared);
      joined[i] = q[i].add(sideQ.squared.multiply(high));
    }
    return hide(plain, joined);
  }

  private BigInteger[] units(int count) {
    BigInteger[] units = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      do {
        units[i] = new BigInteger(n.bitLength(), random);
      } while (units[i].signum() == 0 || units[i].compareTo(n) >= 0);
    }
    return units;
  }

  private BigInteger[] hide(BigInteger[] plain, BigInteger[] obfuscators) {
    BigInteger[] hidden = new BigInteger[plain.length];
    for (int i = 0; i < hidden.length; i++) {
      BigInteger visible = plain[i].mod(n).multiply(n).add(BigInteger.ONE);
      hidden[i] = visible.multiply(obfuscators[i]).mod(squared);
    }
    return hidden;
  }

  /**
   * Powers {@code x^p mod p^2}. With x uniform they are distributed as {@code r^n mod p^2} is with
   * r uniform: the other prime's power only permutes the units modulo p, on which alone they
   * depend.
   */
  private static final class PrimeSide {
    final BigInteger squared;
    private final BigInteger prime;
    private final SecretPowers powers;

    PrimeSide(CryptoSuite suite, BigInteger prime) {
      this.prime = prime;
      this.squared = prime.multiply(prime);
      this.powers = suite.secretPowers(squared, prime, ComputePool.inline());
    }

    BigInteger[] powers(BigInteger[] units) {
      BigInteger[] bases = new BigInteger[units.length];
      for (int i = 0; i < bases.length; i++) {
        bases[i] = units[i].mod(prime);
      }
      return powers.of(bases);
    }
  }
}
