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

  PaillierOwner(PaillierKeyPair pair, ModularKernelFactory kernels, PaillierCipher cipher) {
    this.cipher = cipher;
    BigInteger n = pair.publicKey().modulus();
    this.sideP = new DecryptionSide(pair.p(), n, kernels);
    this.sideQ = new DecryptionSide(pair.q(), n, kernels);
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
        .forLanes(
            plain.length,
            1,
            cipher.kernel().lanes(),
            (from, to) -> {
              BigInteger[] ciphertexts =
                  Residues.leaveAll(cipher.kernel(), own.limbs(), from, to - from);
              BigInteger[] p = sideP.plaintexts(ciphertexts);
              BigInteger[] q = sideQ.plaintexts(ciphertexts);
              for (int i = from; i < to; i++) {
                plain[i] = signed(join(p[i - from], q[i - from]), i);
              }
            });
    return new PlaintextBatch(plain, batch.scaleBits(), batch.bound());
  }

  private BigInteger join(BigInteger p, BigInteger q) {
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
    private final SecretPower power;

    /** {@code L((1+n)^(p-1) mod p^2)^-1 mod p}. */
    private final BigInteger factor;

    DecryptionSide(BigInteger prime, BigInteger n, ModularKernelFactory kernels) {
      this.prime = prime;
      this.power = new SecretPower(kernels, prime.multiply(prime), prime.subtract(BigInteger.ONE));
      this.factor =
          quotient(power.of(new BigInteger[] {n.add(BigInteger.ONE)})[0]).modInverse(prime);
    }

    BigInteger[] plaintexts(BigInteger[] ciphertexts) {
      BigInteger[] plain = power.of(ciphertexts);
      for (int i = 0; i < plain.length; i++) {
        plain[i] = quotient(plain[i]).multiply(factor).mod(prime);
      }
      return plain;
    }

    private BigInteger quotient(BigInteger power) {
      return power.subtract(BigInteger.ONE).divide(prime);
    }
  }
}
