package io.fedflow.components.intersection;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Digests that come in any order and go in ascending order, as unsigned bytes. They are dealt by
 * their leading bits, so that the parts one after the other, each sorted, are all in order: only
 * one part is sorted at a time. Used by one thread: first {@link #add}, then {@link #giveTo} once.
 */
final class SortedDigests implements Closeable {

  private static final int WIDTH = KeyIndex.WIDTH;

  private final Parts parts;
  private final int shift;
  private int count;

  /**
   * Nothing yet.
   *
   * @param parts as many as a power of two says; closed with this
   */
  SortedDigests(Parts parts) {
    this.parts = parts;
    this.shift = Integer.SIZE - Integer.numberOfTrailingZeros(parts.parts());
  }

  /**
   * Adds digests behind those that are there.
   *
   * @param digests {@link KeyIndex#WIDTH} bytes each
   */
  void add(byte[] digests) {
    ByteBuffer in = ByteBuffer.wrap(digests);
    for (int at = 0; at < digests.length; at += WIDTH) {
      // A shift by all bits would be one by none.
      int part = parts.parts() == 1 ? 0 : in.getInt(at) >>> shift;
      parts.add(part, digests, at, count++);
    }
  }

  /**
   * Gives all of them, cut as {@link Batches} says.
   *
   * @return position in the order to the position at which the digest was added
   * @throws IllegalArgumentException if one occurs twice: ids of a table are unique
   */
  int[] giveTo(PartsInBatches.Taker taker) throws InterruptedException {
    IntBuffer order = IntBuffer.allocate(count);
    new PartsInBatches(parts, WIDTH, count)
        .giveTo(
            part -> {
              int[] sorted = sorted(part.elements());
              for (int from : sorted) {
                order.put(part.positions()[from]);
              }
              return sorted;
            },
            taker);
    return order.array();
  }

  /**
   * Positions in ascending order of the digests. Numbers of their first 32 bits and the position
   * are sorted, then those that agree in these bits, which are few: digests are as good as random.
   */
  private static int[] sorted(byte[] digests) {
    ByteBuffer in = ByteBuffer.wrap(digests);
    long[] leading = new long[digests.length / WIDTH];
    for (int i = 0; i < leading.length; i++) {
      // Signed numbers are in the order of unsigned ones once their first bit is turned over.
      leading[i] = (long) (in.getInt(i * WIDTH) ^ Integer.MIN_VALUE) << Integer.SIZE | i;
    }
    Arrays.sort(leading);
    int[] order = new int[leading.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) leading[i];
      for (int j = i; j > 0; j--) {
        int before = order[j - 1];
        int compared = compare(digests, before, order[j]);
        if (compared == 0) {
          throw new IllegalArgumentException("a digest occurs twice");
        }
        if (compared < 0) {
          break;
        }
        order[j - 1] = order[j];
        order[j] = before;
      }
    }
    return order;
  }

  private static int compare(byte[] digests, int one, int other) {
    return Arrays.compareUnsigned(
        digests, one * WIDTH, (one + 1) * WIDTH, digests, other * WIDTH, (other + 1) * WIDTH);
  }

  @Override
  public void close() {
    parts.close();
  }
}
