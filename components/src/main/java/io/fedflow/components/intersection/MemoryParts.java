package io.fedflow.components.intersection;

import java.util.Arrays;

/** Parts in memory: an element takes its width and 4 bytes from when its part got the first one. */
final class MemoryParts implements Parts {

  private final int width;
  private final int[] capacities;
  private final byte[][] elements;
  private final int[][] positions;
  private final int[] counts;

  /**
   * Nothing yet.
   *
   * @param width bytes of an element
   * @param capacities the most elements of each part
   */
  MemoryParts(int width, int... capacities) {
    this.width = width;
    this.capacities = capacities.clone();
    this.elements = new byte[capacities.length][];
    this.positions = new int[capacities.length][];
    this.counts = new int[capacities.length];
  }

  @Override
  public int parts() {
    return capacities.length;
  }

  @Override
  public void add(int part, byte[] from, int at, int position) {
    if (elements[part] == null) {
      elements[part] = new byte[Math.multiplyExact(capacities[part], width)];
      positions[part] = new int[capacities[part]];
    }
    System.arraycopy(from, at, elements[part], counts[part] * width, width);
    positions[part][counts[part]++] = position;
  }

  @Override
  public Part take(int part) {
    int count = counts[part];
    if (count == 0) {
      return new Part(new byte[0], new int[0]);
    }
    boolean full = count == capacities[part];
    Part taken =
        full
            ? new Part(elements[part], positions[part])
            : new Part(
                Arrays.copyOf(elements[part], count * width),
                Arrays.copyOf(positions[part], count));
    elements[part] = null;
    positions[part] = null;
    counts[part] = 0;
    return taken;
  }

  @Override
  public void close() {
    Arrays.fill(elements, null);
    Arrays.fill(positions, null);
    Arrays.fill(counts, 0);
  }
}
