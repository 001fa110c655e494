package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Ciphertexts under one key, with one binary scale and one bound on the hidden integers.
 *
 * <p>Held in a kernel's form; {@link #encode()} gives the message form. Immutable and thread-safe.
 * The same plaintexts have many batches, so batches are not compared.
 */
public final class CiphertextBatch {

  private static final byte VERSION = 1;

  private final AdditivePublicKey key;
  private final ModularKernel kernel;
  private final long[] limbs;
  private final int count;
  private final int scaleBits;
  private final BigInteger bound;

  /** Retains {@code limbs}, which nobody may change any more. */
  CiphertextBatch(
      AdditivePublicKey key, ModularKernel kernel, long[] limbs, int scaleBits, BigInteger bound) {
    this.key = key;
    this.kernel = kernel;
    this.limbs = limbs;
    this.count = limbs.length / kernel.words();
    this.scaleBits = scaleBits;
    this.bound = bound;
  }

  /** Ciphertexts in the batch. */
  public int count() {
    return count;
  }

  /** The key they are encrypted under. */
  public AdditivePublicKey key() {
    return key;
  }

  /** A hidden integer m means {@code m * 2^-scaleBits}. */
  public int scaleBits() {
    return scaleBits;
  }

  /** At least every hidden |integer|. */
  public BigInteger bound() {
    return bound;
  }

  /** Limbs, not to be changed. */
  long[] limbs() {
    return limbs;
  }

  /**
   * The ciphertexts {@code from} to {@code to - 1}.
   *
   * @throws IndexOutOfBoundsException if the range is not within the batch
   */
  public CiphertextBatch slice(int from, int to) {
    Objects.checkFromToIndex(from, to, count);
    int words = kernel.words();
    return with(java.util.Arrays.copyOfRange(limbs, from * words, to * words));
  }

  /**
   * The ciphertexts at the given positions, in that order; positions may repeat.
   *
   * @throws IndexOutOfBoundsException if a position is not within the batch
   */
  public CiphertextBatch select(int[] positions) {
    int words = kernel.words();
    long[] out = new long[Math.multiplyExact(positions.length, words)];
    for (int i = 0; i < positions.length; i++) {
      int from = Objects.checkIndex(positions[i], count);
      System.arraycopy(limbs, from * words, out, i * words, words);
    }
    return with(out);
  }

  /** The same ciphertexts in the form of another kernel of the same modulus. */
  CiphertextBatch adopt(ModularKernel other) {
    if (other == kernel || other.name().equals(kernel.name())) {
      return this;
    }
    int width = LittleEndian.width(kernel.modulus());
    byte[] bytes = new byte[Math.multiplyExact(count, width)];
    kernel.store(limbs, 0, count, bytes, 0, width);
    long[] out = new long[Math.multiplyExact(count, other.words())];
    other.load(bytes, 0, width, out, 0, count);
    return new CiphertextBatch(key, other, out, scaleBits, bound);
  }

  private CiphertextBatch with(long[] others) {
    return new CiphertextBatch(key, kernel, others, scaleBits, bound);
  }

  /**
   * The message form. Header, big-endian: version (1 byte), key id (16), count (4), scale (4),
   * bytes of one ciphertext (4), length of the bound (4), bound; then the ciphertexts,
   * little-endian, below what the key multiplies them modulo.
   */
  public byte[] encode() {
    byte[] boundBytes = bound.toByteArray();
    int width = LittleEndian.width(kernel.modulus());
    int header = 1 + KeyId.BYTES + 4 * Integer.BYTES + boundBytes.length;
    byte[] out = new byte[Math.addExact(header, Math.multiplyExact(count, width))];
    ByteBuffer.wrap(out)
        .put(VERSION)
        .putLong(key.id().high())
        .putLong(key.id().low())
        .putInt(count)
        .putInt(scaleBits)
        .putInt(width)
        .putInt(boundBytes.length)
        .put(boundBytes);
    kernel.store(limbs, 0, count, out, header, width);
    return out;
  }

  /**
   * Reads the message form, without the checks that need products; the caller makes them.
   *
   * @throws CryptoException with reason WRONG_KEY, MALFORMED or INVALID_CIPHERTEXT
   */
  static CiphertextBatch decode(AdditivePublicKey key, ModularKernel kernel, byte[] bytes) {
    ByteReader in = new ByteReader(bytes, "a ciphertext batch");
    in.version(VERSION);
    KeyId id = new KeyId(in.longInteger(), in.longInteger());
    if (!id.equals(key.id())) {
      throw new CryptoException(
          Reason.WRONG_KEY, "ciphertexts under key " + id + ", expected key " + key.id());
    }
    int count = in.integer();
    int scaleBits = in.integer();
    int width = in.integer();
    BigInteger bound = new BigInteger(1, in.bytes(in.length()));
    if (width != LittleEndian.width(kernel.modulus())) {
      throw in.malformed("has ciphertexts of " + width + " bytes");
    }
    if (count < 0 || (long) count * width != in.remaining()) {
      throw in.malformed("names " + count + " ciphertexts in " + in.remaining() + " bytes");
    }
    int start = bytes.length - in.remaining();
    int above = LittleEndian.firstNotBelow(kernel.modulus(), bytes, start, width, count);
    if (above >= 0) {
      throw new CryptoException(
          Reason.INVALID_CIPHERTEXT,
          "the ciphertext at index " + above + " is not below the modulus");
    }
    long[] limbs = new long[Math.multiplyExact(count, kernel.words())];
    kernel.load(bytes, start, width, limbs, 0, count);
    return new CiphertextBatch(key, kernel, limbs, scaleBits, bound);
  }

  @Override
  public String toString() {
    return "ciphertexts[key=" + key.id() + ", count=" + count + ", scaleBits=" + scaleBits + "]";
  }
}
