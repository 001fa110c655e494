package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * What only the holder of a Paillier key pair can do: decrypt, and encrypt at half the price.
 *
 * <p>Decryption works modulo the squares of the primes and joins the halves (Paillier, 1999,
 * section 7). Thread-safe; the same width-independence as {@link PaillierCipher}. Running time
 * depends on the secrets: do not decrypt for somebody who can measure it closely.
 */
public final class PaillierOwner {

  private final PaillierCipher cipher;
  private final DecryptionSide sideP;
  private final DecryptionSide sideQ;
  private final BigInteger inverseOfQ;

  PaillierOwner(PaillierKeyPair pair, PaillierCipher cipher) {
    this.cipher = cipher;
    BigInteger n = pair.publicKey().modulus();
    this.sideP = new DecryptionSide(pair.p(), n);
    this.sideQ = new DecryptionSide(pair.q(), n);
    this.inverseOfQ = pair.q().modInverse(pair.p());
  }

  /** Encryption and arithmetic under the own key, with the owner's faster obfuscators. */
  public PaillierCipher cipher() {
    return cipher;
  }

  /** The half to give away. */
  public PaillierPublicKey publicKey() {
    return cipher.key();
  }

  /**
   * Decrypts.
   *
   * @return same count, scale and bound
   * @throws CryptoException with reason WRONG_KEY if the batch is under another key, OVERFLOW if a
   *     plaintext lies in the gap that tells overflow
   */
  public PlaintextBatch decrypt(CiphertextBatch batch) {
    CiphertextBatch own = cipher.own(batch);
    BigInteger[] plain = new BigInteger[batch.count()];
    cipher
        .pool()
        .forRanges(
            plain.length,
            1,
            (from, to) -> {
              BigInteger[] ciphertexts =
                  Residues.leaveAll(cipher.kernel(), own.limbs(), from, to - from);
              for (int i = from; i < to; i++) {
                plain[i] = signed(decrypt(ciphertexts[i - from]), i);
              }
            });
    return new PlaintextBatch(plain, batch.scaleBits(), batch.bound());
  }

  private BigInteger decrypt(BigInteger ciphertext) {
    BigInteger p = sideP.plaintext(ciphertext);
    BigInteger q = sideQ.plaintext(ciphertext);
    return q.add(sideQ.prime.multiply(p.subtract(q).multiply(inverseOfQ).mod(sideP.prime)));
  }

  private BigInteger signed(BigInteger plain, int index) {
    BigInteger largest = publicKey().largestPlaintext();
    if (plain.compareTo(largest) <= 0) {
      return plain;
    }
    BigInteger negative = plain.subtract(publicKey().modulus());
    if (negative.negate().compareTo(largest) <= 0) {
      return negative;
    }
    throw new CryptoException(
        CryptoException.Reason.OVERFLOW,
        "the plaintext at index " + index + " has exceeded the message space");
  }

  /** Names the public key only. */
  @Override
  public String toString() {
    return "Paillier owner[" + publicKey().id() + "]";
  }

  /** Decryption modulo one prime. */
  private static final class DecryptionSide {
    final BigInteger prime;
    private final BigInteger squared;
    private final BigInteger order;

    /** {@code L((1+n)^(p-1) mod p^2)^-1 mod p}. */
    private final BigInteger factor;

    DecryptionSide(BigInteger prime, BigInteger n) {
      this.prime = prime;
      this.squared = prime.multiply(prime);
      this.order = prime.subtract(BigInteger.ONE);
      this.factor = quotient(n.add(BigInteger.ONE)).modInverse(prime);
    }

    BigInteger plaintext(BigInteger ciphertext) {
      return quotient(ciphertext).multiply(factor).mod(prime);
    }

    private BigInteger quotient(BigInteger ciphertext) {
      return ciphertext.modPow(order, squared).subtract(BigInteger.ONE).divide(prime);
    }
  }
}
