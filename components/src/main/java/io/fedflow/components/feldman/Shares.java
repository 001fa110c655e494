package io.fedflow.components.feldman;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * What one party holds of shared values: a share of each and its blinding, modulo {@link
 * PrimeGroup#Q}. Immutable by convention.
 *
 * @param values the shares
 * @param blindings as many
 */
record Shares(BigInteger[] values, BigInteger[] blindings) {

  /** Takes apart what {@link #interleaved()} gave. */
  static Shares of(BigInteger[] interleaved) {
    BigInteger[] values = new BigInteger[interleaved.length / 2];
    BigInteger[] blindings = new BigInteger[values.length];
    Arrays.setAll(values, v -> interleaved[2 * v]);
    Arrays.setAll(blindings, v -> interleaved[2 * v + 1]);
    return new Shares(values, blindings);
  }

  /** Each share, followed by its blinding. */
  BigInteger[] interleaved() {
    BigInteger[] both = new BigInteger[2 * values.length];
    Arrays.setAll(both, i -> i % 2 == 0 ? values[i / 2] : blindings[i / 2]);
    return both;
  }

  /** Shares of the sums of two parties' values. */
  Shares plus(Shares other) {
    return new Shares(sums(values, other.values), sums(blindings, other.blindings));
  }

  private static BigInteger[] sums(BigInteger[] a, BigInteger[] b) {
    BigInteger[] sums = new BigInteger[a.length];
    Arrays.setAll(sums, i -> a[i].add(b[i]).mod(PrimeGroup.Q));
    return sums;
  }
}
