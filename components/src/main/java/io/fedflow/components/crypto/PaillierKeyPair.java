package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * A Paillier key pair. Holds secrets: never send, log or store it. Immutable and thread-safe;
 * {@code toString} names the public key only.
 */
public final class PaillierKeyPair {

  private final PaillierPublicKey publicKey;
  private final BigInteger p;
  private final BigInteger q;

  private PaillierKeyPair(PaillierPublicKey publicKey, BigInteger p, BigInteger q) {
    this.publicKey = publicKey;
    this.p = p;
    this.q = q;
  }

  /**
   * Generates a pair: primes p, q = 3 mod 4 of equal length with gcd(p-1, q-1) = 2, so that the
   * squares times -1 are a cyclic group (Damgård, Jurik and Nielsen, 2010). Takes some tenths of a
   * second with 2048 bits.
   *
   * @param bits of the modulus: even, 1024 or more; {@link PaillierPublicKey#DEFAULT_BITS} is
   *     recommended, less is for compatibility only
   * @param random source of the secrets
   * @throws CryptoException with reason KEY_TOO_SMALL if {@code bits} is below 1024
   * @throws IllegalArgumentException if {@code bits} is odd
   */
  public static PaillierKeyPair generate(int bits, SecureRandom random) {
    if (bits < PaillierPublicKey.MINIMUM_BITS) {
      throw new CryptoException(
          Reason.KEY_TOO_SMALL,
          "a Paillier key of " + bits + " bits; at least " + PaillierPublicKey.MINIMUM_BITS);
    }
    if (bits % 2 != 0) {
      throw new IllegalArgumentException("a Paillier key of " + bits + " bits; must be even");
    }
    PrimeSource primes = new PrimeSource(random);
    while (true) {
      BigInteger p = primes.threeModuloFour(bits / 2);
      BigInteger q = primes.threeModuloFour(bits / 2);
      if (suits(p, q)) {
        BigInteger n = p.multiply(q);
        return new PaillierKeyPair(new PaillierPublicKey(n, obfuscatorBase(n, random)), p, q);
      }
    }
  }

  private static boolean suits(BigInteger p, BigInteger q) {
    BigInteger gcd = p.subtract(BigInteger.ONE).gcd(q.subtract(BigInteger.ONE));
    return !p.equals(q) && gcd.equals(BigInteger.TWO);
  }

  private static BigInteger obfuscatorBase(BigInteger n, SecureRandom random) {
    while (true) {
      BigInteger x = new BigInteger(n.bitLength(), random);
      if (x.compareTo(n) < 0 && x.signum() > 0 && x.gcd(n).equals(BigInteger.ONE)) {
        BigInteger h = n.subtract(x.multiply(x).mod(n));
        return h.modPow(n, n.multiply(n));
      }
    }
  }

  /** The half to give away. */
  public PaillierPublicKey publicKey() {
    return publicKey;
  }

  BigInteger p() {
    return p;
  }

  BigInteger q() {
    return q;
  }

  @Override
  public String toString() {
    return "Paillier key pair " + publicKey.id();
  }
}
