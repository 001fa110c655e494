package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Decryption modulo the squares of the primes, whose halves are joined (Paillier, 1999, section 7).
 *
 * <p>A plaintext far below the first prime is known from its half alone. Whether a half came from
 * such a plaintext is seen from the half: those of others are as good as random below the prime,
 * and within the bound with probability {@code 2^-128} or less. Who wants to pass a larger
 * plaintext for a small one, to learn the prime from what becomes of it, has to come that near to a
 * multiple of the prime, and so to know it.
 */
final class PaillierOwner extends AdditiveOwner {

  /** By how much a bound is shorter than a prime, at least, for one half to do. */
  private static final int SPARE_BITS = 130;

  private final DecryptionSide sideP;
  private final DecryptionSide sideQ;
  private final BigInteger inverseOfQ;
  private final BigInteger modulus;

  PaillierOwner(PaillierKeyPair pair, ModularKernelFactory kernels, AdditiveCipher cipher) {
    super(cipher, pair.publicKey().modulus());
    BigInteger n = pair.publicKey().modulus();
    this.modulus = n;
    this.sideP = new DecryptionSide(pair.p(), n, kernels);
    this.sideQ = new DecryptionSide(pair.q(), n, kernels);
    this.inverseOfQ = pair.q().modInverse(pair.p());
  }

  @Override
  BigInteger[] residues(BigInteger[] ciphertexts, BigInteger bound, int first) {
    BigInteger[] p = sideP.plaintexts(ciphertexts);
    if (bound.bitLength() <= sideP.prime.bitLength() - SPARE_BITS) {
      Arrays.setAll(p, i -> small(p[i]));
      return p;
    }
    BigInteger[] q = sideQ.plaintexts(ciphertexts);
    BigInteger[] joined = new BigInteger[p.length];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = join(p[i], q[i]);
    }
    return joined;
  }

  /** The plaintext of a half, if it is nearer to 0 than half the prime. */
  private BigInteger small(BigInteger half) {
    return half.compareTo(sideP.prime.shiftRight(1)) <= 0
        ? half
        : modulus.subtract(sideP.prime).add(half);
  }

  private BigInteger join(BigInteger p, BigInteger q) {
    return q.add(sideQ.prime.multiply(p.subtract(q).multiply(inverseOfQ).mod(sideP.prime)));
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
