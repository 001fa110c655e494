package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names a public key: the first 16 bytes of the SHA-256 of its modulus, or of its message form. Not
 * a secret.
 *
 * @param high bytes 0 to 7, big-endian
 * @param low bytes 8 to 15, big-endian
 */
public record KeyId(long high, long low) {

  /** Bytes of an id in messages. */
  static final int BYTES = 16;

  /** The id of the key with this modulus. */
  public static KeyId of(BigInteger modulus) {
    return ofMessage(modulus.toByteArray());
  }

  /** The id of a key that takes more than a modulus, by its message form. */
  static KeyId ofMessage(byte[] message) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(message);
      ByteBuffer first = ByteBuffer.wrap(digest);
      return new KeyId(first.getLong(), first.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
