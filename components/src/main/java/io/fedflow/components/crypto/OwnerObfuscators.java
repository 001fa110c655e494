package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Obfuscators for the holder of the private key: a uniform n-th residue modulo p^2 and one modulo
 * q^2, joined by the Chinese remainder theorem. Needs no assumption beyond Paillier's own, at half
 * the price of the public way.
 */
final class OwnerObfuscators implements Obfuscators {

  private static final int CHUNK = 64;

  private final ModularKernel kernel;
  private final PrimeSide sideP;
  private final PrimeSide sideQ;

  /** {@code (q^2)^-1 mod p^2}. */
  private final BigInteger joint;

  OwnerObfuscators(PaillierKeyPair pair, ModularKernelFactory factory, ModularKernel kernel) {
    this.kernel = kernel;
    BigInteger n = pair.publicKey().modulus();
    this.sideP = new PrimeSide(pair.p(), n, factory);
    this.sideQ = new PrimeSide(pair.q(), n, factory);
    this.joint = sideQ.squared.modInverse(sideP.squared);
  }

  @Override
  public ResidueWriter draw(int count, SecureRandom random) {
    BigInteger[] exponentsP = sideP.exponents(count, random);
    BigInteger[] exponentsQ = sideQ.exponents(count, random);
    FixedBaseComb combP = sideP.comb(count, random);
    FixedBaseComb combQ = sideQ.comb(count, random);
    return (from, to, out, outFrom) -> {
      for (int at = from; at < to; at += CHUNK) {
        int end = Math.min(to, at + CHUNK);
        BigInteger[] p = sideP.powers(combP, exponentsP, at, end);
        BigInteger[] q = sideQ.powers(combQ, exponentsQ, at, end);
        Residues.enter(kernel, join(p, q), 0, out, outFrom + at - from, end - at);
      }
    };
  }

  private BigInteger[] join(BigInteger[] p, BigInteger[] q) {
    BigInteger[] joined = new BigInteger[p.length];
    for (int i = 0; i < p.length; i++) {
      BigInteger high = p[i].subtract(q[i]).multiply(joint).mod(sideP.squared);
      joined[i] = q[i].add(sideQ.squared.multiply(high));
    }
    return joined;
  }

  /** Reveals nothing. */
  @Override
  public String toString() {
    return "owner's obfuscators[" + kernel.name() + "]";
  }

  /** Uniform n-th residues modulo the square of one prime. */
  private static final class PrimeSide {

    /** Prime factors of the group's order that are checked. */
    private static final int CHECKED_FACTORS = 1 << 18;

    final BigInteger squared;
    private final BigInteger prime;
    private final BigInteger order;
    private final BigInteger n;
    private final ModularKernel kernel;
    private LazyComb comb;

    PrimeSide(BigInteger prime, BigInteger n, ModularKernelFactory factory) {
      this.prime = prime;
      this.order = prime.subtract(BigInteger.ONE);
      this.squared = prime.multiply(prime);
      this.n = n;
      this.kernel = factory.create(squared);
    }

    /** Uniform below the order of the n-th residues, by rejection. */
    BigInteger[] exponents(int count, SecureRandom random) {
      BigInteger[] exponents = new BigInteger[count];
      for (int i = 0; i < count; i++) {
        do {
          exponents[i] = new BigInteger(order.bitLength(), random);
        } while (exponents[i].compareTo(order) >= 0);
      }
      return exponents;
    }

    synchronized FixedBaseComb comb(int uses, SecureRandom random) {
      if (comb == null) {
        comb = new LazyComb(kernel, generator(random).modPow(n, squared), order.bitLength());
      }
      return comb.forUses(uses);
    }

    /**
     * A base whose n-th power generates the n-th residues, a cyclic group of order p-1: it is no
     * f-th residue for any checked prime factor f of p-1. Larger factors are missed with
     * probability below 64 / 2^18, and even then the group loses no more than that factor.
     */
    private BigInteger generator(SecureRandom random) {
      List<BigInteger> cofactors = cofactors();
      while (true) {
        BigInteger candidate = new BigInteger(prime.bitLength(), random);
        if (candidate.signum() > 0
            && candidate.compareTo(prime) < 0
            && cofactors.stream()
                .noneMatch(c -> candidate.modPow(c, prime).equals(BigInteger.ONE))) {
          return candidate;
        }
      }
    }

    /** {@code (p-1) / f} for every checked prime factor f of p-1. */
    private List<BigInteger> cofactors() {
      List<BigInteger> cofactors = new ArrayList<>();
      for (int f : SmallPrimes.below(CHECKED_FACTORS)) {
        BigInteger[] division = order.divideAndRemainder(BigInteger.valueOf(f));
        if (division[1].signum() == 0) {
          cofactors.add(division[0]);
        }
      }
      return cofactors;
    }

    BigInteger[] powers(FixedBaseComb table, BigInteger[] exponents, int from, int to) {
      int count = to - from;
      long[] powers = new long[count * kernel.words()];
      table.pow(exponents, from, to, powers, 0);
      return Residues.leaveAll(kernel, powers, 0, count);
    }
  }
}
