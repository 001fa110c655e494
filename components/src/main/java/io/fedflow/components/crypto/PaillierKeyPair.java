package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/** A Paillier key pair. */
public final class PaillierKeyPair extends AdditiveKeyPair {

  private final PaillierPublicKey key;
  private final BigInteger p;
  private final BigInteger q;

  private PaillierKeyPair(PaillierPublicKey key, BigInteger p, BigInteger q) {
    super(key);
    this.key = key;
    this.p = p;
    this.q = q;
  }

  /**
   * Generates a pair: primes p, q = 3 mod 4 of equal length with gcd(p-1, q-1) = 2, so that the
   * squares times -1 are a cyclic group (Damgård, Jurik and Nielsen, 2010). Takes some tenths of a
   * second with 2048 bits.
   *
   * @param bits of the modulus: even, 1024 or more; {@link PaillierPublicKey#DEFAULT_BITS} is
   *     recommended, less is for compatibility only
   * @param random source of the secrets
   * @throws CryptoException with reason KEY_TOO_SMALL if {@code bits} is below 1024
   * @throws IllegalArgumentException if {@code bits} is odd
   */
  public static PaillierKeyPair generate(int bits, SecureRandom random) {
    checkBits(AdditiveScheme.PAILLIER, bits);
    PrimeSource primes = new PrimeSource(random);
    while (true) {
      BigInteger p = primes.threeModuloFour(bits / 2);
      BigInteger q = primes.threeModuloFour(bits / 2);
      if (suits(p, q)) {
        BigInteger n = p.multiply(q);
        return new PaillierKeyPair(new PaillierPublicKey(n, obfuscatorBase(n, random)), p, q);
      }
    }
  }

  private static boolean suits(BigInteger p, BigInteger q) {
    BigInteger gcd = p.subtract(BigInteger.ONE).gcd(q.subtract(BigInteger.ONE));
    return !p.equals(q) && gcd.equals(BigInteger.TWO);
  }

  private static BigInteger obfuscatorBase(BigInteger n, SecureRandom random) {
    while (true) {
      BigInteger x = new BigInteger(n.bitLength(), random);
      if (x.compareTo(n) < 0 && x.signum() > 0 && x.gcd(n).equals(BigInteger.ONE)) {
        BigInteger h = n.subtract(x.multiply(x).mod(n));
        return h.modPow(n, n.multiply(n));
      }
    }
  }

  @Override
  public PaillierPublicKey publicKey() {
    return key;
  }

  @Override
  AdditiveOwner owner(ModularKernelFactory kernels, ComputePool pool) {
    ModularKernel kernel = kernels.create(key.ciphertextModulus());
    Obfuscators obfuscators = new OwnerObfuscators(this, kernels, kernel);
    return new PaillierOwner(this, kernels, key.cipher(kernel, obfuscators, pool));
  }

  BigInteger p() {
    return p;
  }

  BigInteger q() {
    return q;
  }
}
