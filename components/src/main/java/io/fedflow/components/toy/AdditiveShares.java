package io.fedflow.components.toy;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Numbers cut into two shares, which add up to them modulo 2<sup>64</sup>. Each share alone is as
 * random as its source.
 *
 * @param kept the share that stays
 * @param given the share for the other party, of the same length
 */
record AdditiveShares(long[] kept, long[] given) {

  /**
   * Cuts as many ones.
   *
   * @param random where the given share comes from
   */
  static AdditiveShares ofOnes(int count, RandomGenerator random) {
    long[] kept = new long[count];
    long[] given = new long[count];
    for (int i = 0; i < count; i++) {
      given[i] = random.nextLong();
      kept[i] = 1 - given[i];
    }
    return new AdditiveShares(kept, given);
  }

  /** The same numbers in every run. */
  static RandomGenerator seeded(long seed, int partition) {
    // Partitions must not repeat each other, and neighbouring seeds not overlap.
    SplittableRandom root = new SplittableRandom(seed);
    for (int i = 0; i < partition; i++) {
      root.split();
    }
    return root.split();
  }
}
