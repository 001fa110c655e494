package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * An RSA key pair for blind signatures. Holds secrets: never send or log it. Immutable and
 * thread-safe; {@code toString} names the public key only.
 */
public final class RsaKeyPair {

  private static final byte VERSION = 1;
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  private final RsaPublicKey publicKey;
  private final BigInteger p;
  private final BigInteger q;

  private RsaKeyPair(BigInteger exponent, BigInteger p, BigInteger q) {
    this.publicKey = new RsaPublicKey(p.multiply(q), exponent);
    this.p = p;
    this.q = q;
  }

  /**
   * Generates a pair with e = 65537.
   *
   * @param bits of the modulus: even, 1024 or more; {@link RsaPublicKey#DEFAULT_BITS} is
   *     recommended
   * @param random source of the secrets
   * @throws CryptoException with reason KEY_TOO_SMALL if {@code bits} is below 1024
   * @throws IllegalArgumentException if {@code bits} is odd
   */
  public static RsaKeyPair generate(int bits, SecureRandom random) {
    if (bits < RsaPublicKey.MINIMUM_BITS) {
      throw new CryptoException(
          Reason.KEY_TOO_SMALL,
          "an RSA key of " + bits + " bits; at least " + RsaPublicKey.MINIMUM_BITS);
    }
    if (bits % 2 != 0) {
      throw new IllegalArgumentException("an RSA key of " + bits + " bits; must be even");
    }
    PrimeSource primes = new PrimeSource(random);
    while (true) {
      BigInteger p = primes.any(bits / 2);
      BigInteger q = primes.any(bits / 2);
      if (!p.equals(q) && suits(p) && suits(q)) {
        return new RsaKeyPair(EXPONENT, p, q);
      }
    }
  }

  private static boolean suits(BigInteger prime) {
    return prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE);
  }

  /** The half to give away. */
  public RsaPublicKey publicKey() {
    return publicKey;
  }

  /**
   * The secret itself, for a cache that only this party can read: version, then e, p and q with
   * their lengths, big-endian.
   */
  public byte[] encodeSecret() {
    byte[] e = publicKey.exponent().toByteArray();
    byte[] first = p.toByteArray();
    byte[] second = q.toByteArray();
    ByteBuffer out = ByteBuffer.allocate(1 + 12 + e.length + first.length + second.length);
    out.put(VERSION).putInt(e.length).put(e).putInt(first.length).put(first);
    return out.putInt(second.length).put(second).array();
  }

  /**
   * Reads what {@link #encodeSecret()} wrote.
   *
   * @throws CryptoException with reason MALFORMED or KEY_TOO_SMALL
   */
  public static RsaKeyPair decodeSecret(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, "an RSA key pair");
    in.version(VERSION);
    BigInteger exponent = new BigInteger(1, in.bytes(in.length()));
    BigInteger p = new BigInteger(1, in.bytes(in.length()));
    BigInteger q = new BigInteger(1, in.bytes(in.length()));
    in.end();
    if (p.equals(q) || !p.testBit(0) || !q.testBit(0)) {
      throw new CryptoException(Reason.MALFORMED, "an RSA key pair has bad primes");
    }
    return new RsaKeyPair(exponent, p, q);
  }

  BigInteger p() {
    return p;
  }

  BigInteger q() {
    return q;
  }

  @Override
  public String toString() {
    return "RSA key pair " + publicKey.id();
  }
}
