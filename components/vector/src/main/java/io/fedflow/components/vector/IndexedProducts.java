package io.fedflow.components.vector;

/**
 * Products into indexed targets. Pairs are sorted by target and cut into one equal run for each
 * lane, so no lane waits however unevenly targets repeat. A running product stays in its lane until
 * the target changes. A target whose pairs are cut apart gets the products of the later lanes at
 * the end. Used once.
 */
final class IndexedProducts {

  private static final int LANES = LaneProducts.LANES;
  private static final int NONE = -1;

  private final LaneSpace space;
  private final long[] target;
  private final int[] targetIndex;
  private final long[] source;
  private final int[] sourceIndex;
  private final boolean[] filled;
  private final int pairs;
  private final int[] order;

  /** The target whose product a lane holds, and whether its value is in there. */
  private final int[] held = new int[LANES];

  private final boolean[] owned = new boolean[LANES];
  private final int[] position = new int[LANES];
  private final int[] end = new int[LANES];

  /** Products of later lanes, and their targets. */
  private final long[] partial;

  private final int[] partialTarget = new int[LANES];

  IndexedProducts(
      LaneSpace space,
      int words,
      long[] target,
      int[] targetIndex,
      long[] source,
      int[] sourceIndex,
      int pairs,
      boolean[] filled) {
    this.space = space;
    this.target = target;
    this.targetIndex = targetIndex;
    this.source = source;
    this.sourceIndex = sourceIndex;
    this.pairs = pairs;
    this.filled = filled;
    this.partial = new long[LANES * words];
    this.order = sorted();
  }

  /** Positions of pairs by target, equal targets in their order. */
  private int[] sorted() {
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int i = 0; i < pairs; i++) {
      least = Math.min(least, targetIndex[i]);
      most = Math.max(most, targetIndex[i]);
    }
    int[] next = new int[most - least + 2];
    for (int i = 0; i < pairs; i++) {
      next[targetIndex[i] - least + 1]++;
    }
    for (int t = 1; t < next.length; t++) {
      next[t] += next[t - 1];
    }
    int[] sorted = new int[pairs];
    for (int i = 0; i < pairs; i++) {
      sorted[next[targetIndex[i] - least]++] = i;
    }
    return sorted;
  }

  void run() {
    for (int lane = 0; lane < LANES; lane++) {
      held[lane] = NONE;
      partialTarget[lane] = NONE;
      position[lane] = (int) ((long) pairs * lane / LANES);
      end[lane] = (int) ((long) pairs * (lane + 1) / LANES);
    }
    while (advance()) {
      space.multiply();
      space.productsToRight();
    }
    while (join()) {
      // Each round joins one product to each target.
    }
  }

  /** Gives every lane its next factor; false if none has one. */
  private boolean advance() {
    boolean any = false;
    for (int lane = 0; lane < LANES; lane++) {
      any |= advance(lane);
    }
    return any;
  }

  private boolean advance(int lane) {
    while (position[lane] < end[lane]) {
      int pair = order[position[lane]];
      int to = targetIndex[pair];
      if (to == held[lane]) {
        space.leftLane(source, sourceIndex[pair], lane);
        position[lane]++;
        return true;
      }
      release(lane);
      begin(lane, pair, to);
    }
    release(lane);
    return false;
  }

  private void begin(int lane, int pair, int to) {
    int at = position[lane];
    held[lane] = to;
    owned[lane] = at == 0 || targetIndex[order[at - 1]] != to;
    if (owned[lane] && (filled == null || filled[to])) {
      space.rightLane(target, to, lane);
    } else {
      space.rightLane(source, sourceIndex[pair], lane);
      position[lane]++;
    }
  }

  private void release(int lane) {
    if (held[lane] == NONE) {
      return;
    }
    if (owned[lane]) {
      space.writeRightLane(lane, target, held[lane]);
      if (filled != null) {
        filled[held[lane]] = true;
      }
    } else {
      space.writeRightLane(lane, partial, lane);
      partialTarget[lane] = held[lane];
    }
    held[lane] = NONE;
  }

  /** Multiplies what later lanes hold of a target into it, each target once; false if all is. */
  private boolean join() {
    boolean any = false;
    for (int lane = 0; lane < LANES; lane++) {
      int to = partialTarget[lane];
      if (to != NONE && !heldBelow(lane, to)) {
        held[lane] = to;
        owned[lane] = true;
        space.rightLane(target, to, lane);
        space.leftLane(partial, lane, lane);
        partialTarget[lane] = NONE;
        any = true;
      }
    }
    if (any) {
      space.multiply();
      space.productsToRight();
      for (int lane = 0; lane < LANES; lane++) {
        release(lane);
      }
    }
    return any;
  }

  private boolean heldBelow(int lane, int to) {
    for (int other = 0; other < lane; other++) {
      if (held[other] == to) {
        return true;
      }
    }
    return false;
  }
}
