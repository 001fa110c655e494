package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;

/**
 * Discrete logarithms modulo p^2. The power t takes the obfuscator and the generator's own part of
 * order t away, so that {@code c^t = (g^t)^m}; both are 1 modulo p, and logarithms of such numbers
 * are quotients of {@code (x - 1) / p} (Okamoto and Uchiyama, 1998, section 3). Immutable and
 * thread-safe.
 */
final class OkamotoUchiyamaDecryption {

  private final BigInteger prime;
  private final SecretPower power;

  /** {@code ((g^t - 1) / p)^-1 mod p}. */
  private final BigInteger factor;

  /**
   * Prepares.
   *
   * @param prime p
   * @param order t, the order of obfuscators modulo p^2; p times it is the order of the generator
   */
  OkamotoUchiyamaDecryption(
      BigInteger prime, BigInteger order, BigInteger generator, ModularKernelFactory kernels) {
    this.prime = prime;
    this.power = new SecretPower(kernels, prime.multiply(prime), order);
    this.factor = quotient(power.of(new BigInteger[] {generator})[0]).modInverse(prime);
  }

  /**
   * Plaintexts modulo p.
   *
   * @param first the index of the first ciphertext, for refusals
   * @throws CryptoException with reason INVALID_CIPHERTEXT if a number is outside the group of
   *     ciphertexts modulo p^2
   */
  BigInteger[] plaintexts(BigInteger[] ciphertexts, int first) {
    BigInteger[] plain = power.of(ciphertexts);
    for (int i = 0; i < plain.length; i++) {
      if (!plain[i].mod(prime).equals(BigInteger.ONE)) {
        throw new CryptoException(
            Reason.INVALID_CIPHERTEXT,
            "the number at index " + (first + i) + " is not in the group of ciphertexts");
      }
      plain[i] = quotient(plain[i]).multiply(factor).mod(prime);
    }
    return plain;
  }

  private BigInteger quotient(BigInteger power) {
    return power.subtract(BigInteger.ONE).divide(prime);
  }

  /** Reveals nothing. */
  @Override
  public String toString() {
    return "Okamoto-Uchiyama decryption";
  }
}
