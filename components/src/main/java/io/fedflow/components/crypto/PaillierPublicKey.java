package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The public half of a Paillier key pair (Paillier, EUROCRYPT 1999), with the base of the short
 * obfuscators of Damgård, Jurik and Nielsen (2010): {@code hs = h^n mod n^2}, {@code h = -x^2}.
 *
 * <p>Immutable and thread-safe. Equal keys have equal moduli and bases.
 */
public final class PaillierPublicKey {

  /** The shortest accepted modulus, in bits. */
  public static final int MINIMUM_BITS = 1024;

  /** The modulus that new keys should have, in bits: about 112 bits of strength. */
  public static final int DEFAULT_BITS = 2048;

  private static final byte VERSION = 1;
  private static final int MAXIMUM_BITS = 16384;

  private final BigInteger modulus;
  private final BigInteger modulusSquared;
  private final BigInteger obfuscatorBase;
  private final BigInteger largestPlaintext;
  private final KeyId id;

  /**
   * A checked key.
   *
   * @param modulus n, odd, {@link #MINIMUM_BITS} bits or more
   * @param obfuscatorBase hs, of [2, n^2) and prime to n
   * @throws CryptoException with reason MALFORMED if a number is out of range, KEY_TOO_SMALL if the
   *     modulus is too short
   */
  public PaillierPublicKey(BigInteger modulus, BigInteger obfuscatorBase) {
    if (modulus.bitLength() < MINIMUM_BITS) {
      throw new CryptoException(
          Reason.KEY_TOO_SMALL,
          "a Paillier modulus of " + modulus.bitLength() + " bits; at least " + MINIMUM_BITS);
    }
    if (modulus.signum() < 0 || !modulus.testBit(0) || modulus.bitLength() > MAXIMUM_BITS) {
      throw new CryptoException(Reason.MALFORMED, "a Paillier modulus is even or too long");
    }
    this.modulus = modulus;
    this.modulusSquared = modulus.multiply(modulus);
    if (obfuscatorBase.compareTo(BigInteger.TWO) < 0
        || obfuscatorBase.compareTo(modulusSquared) >= 0
        || !obfuscatorBase.gcd(modulus).equals(BigInteger.ONE)) {
      throw new CryptoException(Reason.MALFORMED, "a Paillier obfuscator base is out of range");
    }
    this.obfuscatorBase = obfuscatorBase;
    this.largestPlaintext = modulus.divide(BigInteger.valueOf(3)).subtract(BigInteger.ONE);
    this.id = KeyId.of(modulus);
  }

  /** n. */
  public BigInteger modulus() {
    return modulus;
  }

  /** n^2. */
  BigInteger modulusSquared() {
    return modulusSquared;
  }

  /** {@code h^n mod n^2}. */
  public BigInteger obfuscatorBase() {
    return obfuscatorBase;
  }

  /** Bits of the modulus. */
  public int bits() {
    return modulus.bitLength();
  }

  /** The key's name. */
  public KeyId id() {
    return id;
  }

  /**
   * The largest absolute value that a plaintext may reach, {@code n/3 - 1}: the gap between the
   * largest and the smallest shows overflow.
   */
  public BigInteger largestPlaintext() {
    return largestPlaintext;
  }

  /** The message form: version, lengths, n and hs, big-endian. */
  public byte[] encode() {
    byte[] n = modulus.toByteArray();
    byte[] hs = obfuscatorBase.toByteArray();
    ByteBuffer out = ByteBuffer.allocate(1 + 4 + n.length + 4 + hs.length);
    out.put(VERSION).putInt(n.length).put(n).putInt(hs.length).put(hs);
    return out.array();
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws CryptoException with reason MALFORMED or KEY_TOO_SMALL
   */
  public static PaillierPublicKey decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, "a Paillier public key");
    in.version(VERSION);
    BigInteger modulus = new BigInteger(1, in.bytes(in.length()));
    BigInteger base = new BigInteger(1, in.bytes(in.length()));
    in.end();
    return new PaillierPublicKey(modulus, base);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PaillierPublicKey key
        && key.modulus.equals(modulus)
        && key.obfuscatorBase.equals(obfuscatorBase);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Paillier public key " + id + ", " + bits() + " bits";
  }
}
