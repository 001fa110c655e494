package io.fedflow.components.feldman;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * One shared value: a share and its blinding for each party, and commitments that bind to them.
 * Immutable by convention.
 *
 * @param shares of the value, for party 1, 2, …
 * @param blindings of the shares
 * @param commitments one for each coefficient
 */
record Dealing(BigInteger[] shares, BigInteger[] blindings, BigInteger[] commitments) {

  /** Shares a value among as many parties, all of which are needed to get it back. */
  static Dealing of(BigInteger value, int parties, SecureRandom random) {
    Polynomial values = Polynomial.of(value, parties, random);
    Polynomial blinding = Polynomial.of(Polynomial.random(random), parties, random);
    BigInteger[] shares = new BigInteger[parties];
    BigInteger[] blindings = new BigInteger[parties];
    BigInteger[] commitments = new BigInteger[parties];
    for (int i = 0; i < parties; i++) {
      shares[i] = values.at(i + 1);
      blindings[i] = blinding.at(i + 1);
      commitments[i] = PrimeGroup.commit(values.coefficients()[i], blinding.coefficients()[i]);
    }
    return new Dealing(shares, blindings, commitments);
  }

  /**
   * Tells whether a share is the one that commitments bind to.
   *
   * @param commitments one for each coefficient, of the subgroup
   * @param point the party's number, from 1
   */
  static boolean fits(BigInteger share, BigInteger blinding, BigInteger[] commitments, int point) {
    BigInteger expected = BigInteger.ONE;
    BigInteger power = BigInteger.ONE;
    for (BigInteger commitment : commitments) {
      expected = expected.multiply(commitment.modPow(power, PrimeGroup.P)).mod(PrimeGroup.P);
      power = power.multiply(BigInteger.valueOf(point)).mod(PrimeGroup.Q);
    }
    return PrimeGroup.commit(share, blinding).equals(expected);
  }
}
