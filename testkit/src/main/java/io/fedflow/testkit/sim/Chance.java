package io.fedflow.testkit.sim;

import java.util.List;
import java.util.SplittableRandom;

/** Choices drawn from a seed. Not thread-safe. */
final class Chance {

  private final SplittableRandom random;

  Chance(long seed) {
    this(new SplittableRandom(seed));
  }

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /** Further choices that do not shift the ones made here. */
  Chance split() {
    return new Chance(random.split());
  }

  /** True this many times in a thousand. */
  boolean permille(int times) {
    return times > 0 && random.nextInt(1000) < times;
  }

  boolean coin() {
    return random.nextBoolean();
  }

  /** Both ends included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  long any() {
    return random.nextLong();
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
