package io.fedflow.components.feldman;

import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.FixedBases;
import io.fedflow.components.crypto.SecretPowers;
import java.math.BigInteger;
import java.util.List;

/**
 * Pedersen's commitments in {@link PrimeGroup}, many at once: {@code g^value * h^blinding}, which
 * hides a value whatever it is and binds to it as long as nobody knows the logarithm of h.
 * Thread-safe.
 */
final class Commitments {

  private final FixedBases bases;
  private final SecretPowers toTheOrder;
  private final ComputePool pool;

  /** Computed by a suite on a pool. */
  Commitments(CryptoSuite suite, ComputePool pool) {
    this.bases =
        suite.fixedBases(
            PrimeGroup.P, List.of(PrimeGroup.G, PrimeGroup.H), PrimeGroup.Q.bitLength(), pool);
    this.toTheOrder = suite.secretPowers(PrimeGroup.P, PrimeGroup.Q, pool);
    this.pool = pool;
  }

  /**
   * Commits to values.
   *
   * @param values of [0, Q)
   * @param blindings as many, of [0, Q)
   */
  BigInteger[] of(BigInteger[] values, BigInteger[] blindings) {
    return bases.products(values, blindings);
  }

  /** Tells which numbers below P are of the subgroup, and not 1. */
  boolean[] inGroup(BigInteger[] numbers) {
    BigInteger[] powers = toTheOrder.of(numbers);
    boolean[] fine = new boolean[numbers.length];
    for (int i = 0; i < fine.length; i++) {
      fine[i] = powers[i].equals(BigInteger.ONE) && numbers[i].compareTo(BigInteger.ONE) > 0;
    }
    return fine;
  }

  /**
   * Tells which shares are those that commitments bind to.
   *
   * @param commitments of the subgroup, as many for each share as it has coefficients, from the
   *     constant one; those of a share stand together
   * @param point the number of the party whose shares they are, from 1
   */
  boolean[] fit(Shares shares, BigInteger[] commitments, int point) {
    BigInteger[] found = of(shares.values(), shares.blindings());
    boolean[] fine = new boolean[found.length];
    int coefficients = found.length == 0 ? 0 : commitments.length / found.length;
    pool.forRanges(
        fine.length,
        1,
        (from, to) -> {
          for (int v = from; v < to; v++) {
            fine[v] = found[v].equals(at(commitments, v * coefficients, coefficients, point));
          }
        });
    return fine;
  }

  /** Evaluates a committed polynomial at a point, in the exponents, by Horner's rule. */
  private static BigInteger at(BigInteger[] commitments, int first, int count, int point) {
    BigInteger power = BigInteger.valueOf(point);
    BigInteger value = commitments[first + count - 1];
    for (int k = count - 2; k >= 0; k--) {
      BigInteger raised = point == 1 ? value : value.modPow(power, PrimeGroup.P);
      value = raised.multiply(commitments[first + k]).mod(PrimeGroup.P);
    }
    return value;
  }
}
