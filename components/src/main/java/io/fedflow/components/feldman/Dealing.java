package io.fedflow.components.feldman;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shared values: shares for each party, and commitments that bind to them. Immutable by convention.
 *
 * @param shares for party 1, 2, …
 * @param commitments one for each coefficient of each value; those of a value stand together
 */
record Dealing(List<Shares> shares, BigInteger[] commitments) {

  /**
   * Shares values among as many parties, all of which are needed to get them back.
   *
   * @param values of [0, Q)
   */
  static Dealing of(
      BigInteger[] values, int parties, Commitments commitments, SecureRandom random) {
    BigInteger[] coefficients = new BigInteger[Math.multiplyExact(values.length, parties)];
    BigInteger[] blinding = new BigInteger[coefficients.length];
    List<Shares> shares =
        IntStream.range(0, parties)
            .mapToObj(
                party -> new Shares(new BigInteger[values.length], new BigInteger[values.length]))
            .toList();
    for (int v = 0; v < values.length; v++) {
      Polynomial ofValue = Polynomial.of(values[v], parties, random);
      Polynomial ofBlinding = Polynomial.of(Polynomial.random(random), parties, random);
      for (int party = 0; party < parties; party++) {
        shares.get(party).values()[v] = ofValue.at(party + 1);
        shares.get(party).blindings()[v] = ofBlinding.at(party + 1);
      }
      System.arraycopy(ofValue.coefficients(), 0, coefficients, v * parties, parties);
      System.arraycopy(ofBlinding.coefficients(), 0, blinding, v * parties, parties);
    }
    return new Dealing(shares, commitments.of(coefficients, blinding));
  }
}
