package io.fedflow.components.intersection;

import java.security.SecureRandom;

/** An order of rows that tells nothing. */
final class RandomOrder {

  private RandomOrder() {}

  /** The numbers 0 to {@code count - 1}, uniformly shuffled. */
  static int[] of(int count, SecureRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
