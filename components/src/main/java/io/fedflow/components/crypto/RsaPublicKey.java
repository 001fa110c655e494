package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** The public half of an RSA key pair for blind signatures. Immutable and thread-safe. */
public final class RsaPublicKey {

  /** The shortest accepted modulus, in bits. */
  public static final int MINIMUM_BITS = 1024;

  /** The modulus that new keys should have, in bits: about 112 bits of strength. */
  public static final int DEFAULT_BITS = 2048;

  private static final byte VERSION = 1;
  private static final int MAXIMUM_BITS = 16384;

  private final BigInteger modulus;
  private final BigInteger exponent;
  private final KeyId id;

  /**
   * A checked key.
   *
   * @param modulus n, odd, {@link #MINIMUM_BITS} bits or more
   * @param exponent e, odd, of [3, n)
   * @throws CryptoException with reason KEY_TOO_SMALL or MALFORMED
   */
  public RsaPublicKey(BigInteger modulus, BigInteger exponent) {
    if (modulus.bitLength() < MINIMUM_BITS) {
      throw new CryptoException(
          Reason.KEY_TOO_SMALL,
          "an RSA modulus of " + modulus.bitLength() + " bits; at least " + MINIMUM_BITS);
    }
    if (modulus.signum() < 0 || !modulus.testBit(0) || modulus.bitLength() > MAXIMUM_BITS) {
      throw new CryptoException(Reason.MALFORMED, "an RSA modulus is even or too long");
    }
    if (exponent.compareTo(BigInteger.TWO) <= 0
        || !exponent.testBit(0)
        || exponent.compareTo(modulus) >= 0) {
      throw new CryptoException(Reason.MALFORMED, "an RSA exponent is out of range");
    }
    this.modulus = modulus;
    this.exponent = exponent;
    this.id = KeyId.of(modulus);
  }

  /** n. */
  public BigInteger modulus() {
    return modulus;
  }

  /** e. */
  public BigInteger exponent() {
    return exponent;
  }

  /** Bits of the modulus. */
  public int bits() {
    return modulus.bitLength();
  }

  /** The key's name. */
  public KeyId id() {
    return id;
  }

  /** The message form: version, lengths, n and e, big-endian. */
  public byte[] encode() {
    byte[] n = modulus.toByteArray();
    byte[] e = exponent.toByteArray();
    ByteBuffer out = ByteBuffer.allocate(1 + 4 + n.length + 4 + e.length);
    return out.put(VERSION).putInt(n.length).put(n).putInt(e.length).put(e).array();
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws CryptoException with reason MALFORMED or KEY_TOO_SMALL
   */
  public static RsaPublicKey decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, "an RSA public key");
    in.version(VERSION);
    BigInteger modulus = new BigInteger(1, in.bytes(in.length()));
    BigInteger exponent = new BigInteger(1, in.bytes(in.length()));
    in.end();
    return new RsaPublicKey(modulus, exponent);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RsaPublicKey key
        && key.modulus.equals(modulus)
        && key.exponent.equals(exponent);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "RSA public key " + id + ", " + bits() + " bits";
  }
}
