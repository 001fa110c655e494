package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Decryption modulo the squares of the primes, whose halves are joined (Paillier, 1999, section 7).
 */
final class PaillierOwner extends AdditiveOwner {

  private final DecryptionSide sideP;
  private final DecryptionSide sideQ;
  private final BigInteger inverseOfQ;

  PaillierOwner(PaillierKeyPair pair, ModularKernelFactory kernels, AdditiveCipher cipher) {
    super(cipher, pair.publicKey().modulus());
    BigInteger n = pair.publicKey().modulus();
    this.sideP = new DecryptionSide(pair.p(), n, kernels);
    this.sideQ = new DecryptionSide(pair.q(), n, kernels);
    this.inverseOfQ = pair.q().modInverse(pair.p());
  }

  @Override
  BigInteger[] residues(BigInteger[] ciphertexts, int first) {
    BigInteger[] p = sideP.plaintexts(ciphertexts);
    BigInteger[] q = sideQ.plaintexts(ciphertexts);
    BigInteger[] joined = new BigInteger[p.length];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = join(p[i], q[i]);
    }
    return joined;
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
