package io.fedflow.components.intersection;

import java.util.Arrays;

/**
 * A single part in memory: an element takes its width and 4 bytes, from when the first one comes.
 */
final class MemoryPart implements Parts {

  private final int width;
  private final int capacity;
  private byte[] elements;
  private int[] positions;
  private int count;

  /**
   * Nothing yet.
   *
   * @param width bytes of an element
   * @param capacity the most elements that come
   */
  MemoryPart(int width, int capacity) {
    this.width = width;
    this.capacity = capacity;
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public void add(int part, byte[] from, int at, int position) {
    if (elements == null) {
      elements = new byte[Math.multiplyExact(capacity, width)];
      positions = new int[capacity];
    }
    System.arraycopy(from, at, elements, count * width, width);
    positions[count++] = position;
  }

  @Override
  public Part take(int part) {
    Part taken;
    if (count == 0) {
      taken = new Part(new byte[0], new int[0]);
    } else if (count == capacity) {
      taken = new Part(elements, positions);
    } else {
      taken = new Part(Arrays.copyOf(elements, count * width), Arrays.copyOf(positions, count));
    }
    close();
    return taken;
  }

  @Override
  public void close() {
    elements = null;
    positions = null;
    count = 0;
  }
}
