package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;

/**
 * What only the holder of a key pair can do: decrypt, and encrypt faster where the scheme lets it.
 *
 * <p>Thread-safe; the same width-independence as {@link AdditiveCipher}. Running time depends on
 * the secrets: do not decrypt for somebody who can measure it closely.
 */
public abstract sealed class AdditiveOwner permits PaillierOwner, OkamotoUchiyamaOwner {

  private final AdditiveCipher cipher;
  private final BigInteger plaintextModulus;

  /**
   * Over a cipher.
   *
   * @param plaintextModulus what plaintexts are added modulo; more than twice the largest one
   */
  AdditiveOwner(AdditiveCipher cipher, BigInteger plaintextModulus) {
    this.cipher = cipher;
    this.plaintextModulus = plaintextModulus;
  }

  /** Encryption and arithmetic under the own key. */
  public final AdditiveCipher cipher() {
    return cipher;
  }

  /** The half to give away. */
  public final AdditivePublicKey publicKey() {
    return cipher.key();
  }

  /**
   * Decrypts.
   *
   * @return same count, scale and bound
   * @throws CryptoException with reason WRONG_KEY if the batch is under another key, OVERFLOW if a
   *     plaintext exceeds the batch's bound, INVALID_CIPHERTEXT if a number is no ciphertext
   */
  public final PlaintextBatch decrypt(CiphertextBatch batch) {
    CiphertextBatch own = cipher.own(batch);
    BigInteger[] plain = new BigInteger[batch.count()];
    cipher
        .pool()
        .forLanes(
            plain.length,
            1,
            cipher.kernel().lanes(),
            (from, to) -> {
              BigInteger[] residues =
                  residues(
                      Residues.leaveAll(cipher.kernel(), own.limbs(), from, to - from),
                      batch.bound(),
                      from);
              for (int i = from; i < to; i++) {
                plain[i] = signed(residues[i - from], batch.bound(), i);
              }
            });
    return new PlaintextBatch(plain, batch.scaleBits(), batch.bound());
  }

  /**
   * Plaintexts modulo the plaintext modulus, not negative.
   *
   * @param ciphertexts below the modulus of ciphertexts; may be overwritten
   * @param bound of the plaintexts, if they are what they came as; a plaintext beyond it may become
   *     any other one beyond it
   * @param first the index of the first of them in its batch, for refusals
   */
  abstract BigInteger[] residues(BigInteger[] ciphertexts, BigInteger bound, int first);

  private BigInteger signed(BigInteger residue, BigInteger bound, int index) {
    if (residue.compareTo(bound) <= 0) {
      return residue;
    }
    BigInteger negative = residue.subtract(plaintextModulus);
    if (negative.negate().compareTo(bound) <= 0) {
      return negative;
    }
    throw new CryptoException(
        Reason.OVERFLOW,
        "the plaintext at index " + index + " exceeds the bound that it came with");
  }

  /** Names the public key only. */
  @Override
  public final String toString() {
    return publicKey().scheme().title() + " owner[" + publicKey().id() + "]";
  }
}
