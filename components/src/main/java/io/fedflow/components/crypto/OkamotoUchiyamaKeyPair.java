package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * A key pair of Okamoto and Uchiyama, with the small groups that make encryption and decryption
 * short: p-1 and q-1 have a random prime factor each, t and s, and generator and obfuscators are
 * powers that leave no other factor of the group's order but p, t and s.
 */
public final class OkamotoUchiyamaKeyPair extends AdditiveKeyPair {

  private final OkamotoUchiyamaPublicKey key;
  private final BigInteger p;
  private final BigInteger order;

  private OkamotoUchiyamaKeyPair(OkamotoUchiyamaPublicKey key, BigInteger p, BigInteger order) {
    super(key);
    this.key = key;
    this.p = p;
    this.order = order;
  }

  /**
   * Generates a pair. Takes some tenths of a second with 2048 bits.
   *
   * @param bits of the modulus: even, {@link AdditivePublicKey#MINIMUM_BITS} or more; {@link
   *     AdditivePublicKey#DEFAULT_BITS} is recommended
   * @param random source of the secrets
   * @throws CryptoException with reason KEY_TOO_SMALL if {@code bits} is too small
   * @throws IllegalArgumentException if {@code bits} is odd
   */
  public static OkamotoUchiyamaKeyPair generate(int bits, SecureRandom random) {
    checkBits(AdditiveScheme.OKAMOTO_UCHIYAMA, bits);
    int primeBits = OkamotoUchiyamaPublicKey.primeBits(bits);
    int factorBits = OkamotoUchiyamaPublicKey.factorBits(bits);
    while (true) {
      PrimeWithFactor p = PrimeWithFactor.draw(primeBits, factorBits, random);
      PrimeWithFactor q = PrimeWithFactor.draw(bits - 2 * primeBits, factorBits, random);
      if (suits(p, q)) {
        return new OkamotoUchiyamaKeyPair(publicKey(p, q, random), p.prime(), p.factor());
      }
    }
  }

  /** The orders of all parts of the group are prime to each other. */
  private static boolean suits(PrimeWithFactor p, PrimeWithFactor q) {
    BigInteger factors = p.factor().multiply(q.factor());
    BigInteger cofactors = p.cofactor().multiply(q.cofactor());
    BigInteger primes = p.prime().multiply(q.prime());
    return !p.prime().equals(q.prime())
        && !p.factor().equals(q.factor())
        && factors.gcd(cofactors).equals(BigInteger.ONE)
        && primes.gcd(factors.multiply(cofactors)).equals(BigInteger.ONE);
  }

  private static OkamotoUchiyamaPublicKey publicKey(
      PrimeWithFactor p, PrimeWithFactor q, SecureRandom random) {
    BigInteger n = p.prime().multiply(p.prime()).multiply(q.prime());
    BigInteger cofactors = p.cofactor().multiply(q.cofactor());
    BigInteger generator;
    do {
      generator = element(n, cofactors, p, q, random);
    } while (!hasOrderOfMessages(generator, p));
    BigInteger base = element(n, cofactors.multiply(n), p, q, random);
    return new OkamotoUchiyamaPublicKey(n, generator, base);
  }

  /** A random power that is 1 modulo neither prime; otherwise it would tell them. */
  private static BigInteger element(
      BigInteger n,
      BigInteger exponent,
      PrimeWithFactor p,
      PrimeWithFactor q,
      SecureRandom random) {
    while (true) {
      BigInteger x = new BigInteger(n.bitLength(), random);
      if (x.signum() > 0 && x.compareTo(n) < 0 && x.gcd(n).equals(BigInteger.ONE)) {
        BigInteger power = x.modPow(exponent, n);
        if (!power.mod(p.prime()).equals(BigInteger.ONE)
            && !power.mod(q.prime()).equals(BigInteger.ONE)) {
          return power;
        }
      }
    }
  }

  /** Tells whether p divides the order of a number modulo p^2. */
  private static boolean hasOrderOfMessages(BigInteger generator, PrimeWithFactor p) {
    BigInteger squared = p.prime().multiply(p.prime());
    return !generator.modPow(p.factor(), squared).equals(BigInteger.ONE);
  }

  @Override
  public OkamotoUchiyamaPublicKey publicKey() {
    return key;
  }

  @Override
  AdditiveOwner owner(ModularKernelFactory kernels, ComputePool pool) {
    return new OkamotoUchiyamaOwner(
        p,
        new OkamotoUchiyamaDecryption(p, order, key.generator(), kernels),
        key.cipher(kernels, pool));
  }

  BigInteger p() {
    return p;
  }

  /** t, the order of the obfuscators modulo p. */
  BigInteger order() {
    return order;
  }
}
