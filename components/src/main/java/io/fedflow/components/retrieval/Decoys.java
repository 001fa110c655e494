package io.fedflow.components.retrieval;

import java.security.SecureRandom;
import java.util.BitSet;

/** Draws blocks that hide the wanted one. */
final class Decoys {

  private Decoys() {}

  /**
   * A uniform set of positions, by as many draws as it has elements (Floyd, in Bentley, CACM 1987).
   *
   * @param size how many, at most {@code count}
   * @param count positions are 0 to {@code count - 1}
   * @return ascending
   */
  static long[] draw(int size, int count, SecureRandom random) {
    BitSet drawn = new BitSet(count);
    for (int last = count - size; last < count; last++) {
      int position = random.nextInt(last + 1);
      drawn.set(drawn.get(position) ? last : position);
    }
    return drawn.stream().asLongStream().toArray();
  }
}
