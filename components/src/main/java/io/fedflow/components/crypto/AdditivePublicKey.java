package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;

/**
 * The public half of a key pair: what everybody needs to encrypt and to compute on ciphertexts.
 *
 * <p>Plaintexts are signed integers up to {@link #largestPlaintext()}. Immutable and thread-safe.
 */
public abstract sealed class AdditivePublicKey permits PaillierPublicKey, OkamotoUchiyamaPublicKey {

  /** The shortest accepted modulus, in bits. */
  public static final int MINIMUM_BITS = 1024;

  /** The modulus that new keys should have, in bits: about 112 bits of strength. */
  public static final int DEFAULT_BITS = 2048;

  private static final int MAXIMUM_BITS = 16384;

  private final BigInteger modulus;
  private final BigInteger largestPlaintext;
  private final KeyId id;

  AdditivePublicKey(BigInteger modulus, BigInteger largestPlaintext, KeyId id) {
    this.modulus = modulus;
    this.largestPlaintext = largestPlaintext;
    this.id = id;
  }

  /**
   * The modulus if its form is right.
   *
   * @throws CryptoException with reason KEY_TOO_SMALL or MALFORMED
   */
  static BigInteger checkedModulus(AdditiveScheme scheme, BigInteger modulus) {
    checkBits(scheme, modulus.bitLength());
    if (modulus.signum() < 0 || !modulus.testBit(0) || modulus.bitLength() > MAXIMUM_BITS) {
      throw new CryptoException(
          Reason.MALFORMED, "the modulus of a key of " + scheme.title() + " is even or too long");
    }
    return modulus;
  }

  /**
   * Refuses lengths of a modulus that are below {@link #MINIMUM_BITS}.
   *
   * @throws CryptoException with reason KEY_TOO_SMALL
   */
  static void checkBits(AdditiveScheme scheme, int bits) {
    if (bits < MINIMUM_BITS) {
      throw new CryptoException(
          Reason.KEY_TOO_SMALL,
          "a key of " + scheme.title() + " of " + bits + " bits; at least " + MINIMUM_BITS);
    }
  }

  /** What the key is for. */
  public abstract AdditiveScheme scheme();

  /** The modulus that the key is named by. */
  public final BigInteger modulus() {
    return modulus;
  }

  /** Bits of the modulus. */
  public final int bits() {
    return modulus.bitLength();
  }

  /** The key's name. */
  public final KeyId id() {
    return id;
  }

  /**
   * The largest absolute value that a plaintext may reach. Less than half of what the key tells
   * apart: the gap between the largest and the smallest shows overflow.
   */
  public final BigInteger largestPlaintext() {
    return largestPlaintext;
  }

  /** The message form, which {@link AdditiveScheme#decodeKey} reads. */
  public abstract byte[] encode();

  /** What ciphertexts are multiplied modulo. */
  abstract BigInteger ciphertextModulus();

  /** Encryption and arithmetic for who has the public key only. */
  abstract AdditiveCipher cipher(ModularKernelFactory kernels, ComputePool pool);

  @Override
  public final String toString() {
    return scheme().title() + " public key " + id + ", " + bits() + " bits";
  }
}
