package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Numbers of [0, n) under one RSA modulus: blinded hashes, signatures. Little-endian bytes of a
 * fixed width. Immutable and thread-safe.
 */
public final class ResidueBatch {

  private static final byte VERSION = 1;

  private final RsaPublicKey key;
  private final byte[] bytes;
  private final int width;

  /** Retains {@code bytes}, which nobody may change any more. */
  ResidueBatch(RsaPublicKey key, byte[] bytes) {
    this.key = key;
    this.bytes = bytes;
    this.width = LittleEndian.width(key.modulus());
  }

  /**
   * A batch of given numbers.
   *
   * @param values each of [0, n)
   * @throws CryptoException with reason OUT_OF_RANGE that names the first index that is not
   */
  public static ResidueBatch of(RsaPublicKey key, BigInteger[] values) {
    int width = LittleEndian.width(key.modulus());
    byte[] bytes = new byte[Math.multiplyExact(values.length, width)];
    for (int i = 0; i < values.length; i++) {
      if (values[i].signum() < 0 || values[i].compareTo(key.modulus()) >= 0) {
        throw new CryptoException(
            Reason.OUT_OF_RANGE, "the number at index " + i + " is not below the modulus");
      }
      LittleEndian.write(values[i], bytes, i * width, width);
    }
    return new ResidueBatch(key, bytes);
  }

  /** The key whose modulus counts. */
  public RsaPublicKey key() {
    return key;
  }

  /** Numbers in the batch. */
  public int count() {
    return bytes.length / width;
  }

  /**
   * The number at an index.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public BigInteger get(int index) {
    return LittleEndian.read(bytes, Objects.checkIndex(index, count()) * width, width);
  }

  /** All bytes, not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Header, big-endian: version (1 byte), key id (16), count (4), width (4); then the numbers. */
  public byte[] encode() {
    return ByteBuffer.allocate(1 + KeyId.BYTES + 8 + bytes.length)
        .put(VERSION)
        .putLong(key.id().high())
        .putLong(key.id().low())
        .putInt(count())
        .putInt(width)
        .put(bytes)
        .array();
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @param key the expected key
   * @throws CryptoException with reason WRONG_KEY, MALFORMED, or INVALID_CIPHERTEXT if a number is
   *     not below n
   */
  public static ResidueBatch decode(RsaPublicKey key, byte[] message) {
    ByteReader in = new ByteReader(message, "a batch of residues");
    in.version(VERSION);
    KeyId id = new KeyId(in.longInteger(), in.longInteger());
    if (!id.equals(key.id())) {
      throw new CryptoException(
          Reason.WRONG_KEY, "numbers under key " + id + ", expected key " + key.id());
    }
    int count = in.integer();
    int width = in.integer();
    if (width != LittleEndian.width(key.modulus())
        || count < 0
        || (long) count * width != in.remaining()) {
      throw in.malformed(
          "names " + count + " numbers of " + width + " bytes in " + in.remaining() + " bytes");
    }
    byte[] bytes = in.bytes(in.remaining());
    int above = LittleEndian.firstNotBelow(key.modulus(), bytes, 0, width, count);
    if (above >= 0) {
      throw new CryptoException(
          Reason.INVALID_CIPHERTEXT, "the number at index " + above + " is not below the modulus");
    }
    return new ResidueBatch(key, bytes);
  }

  @Override
  public String toString() {
    return "residues[key=" + key.id() + ", count=" + count() + "]";
  }
}
