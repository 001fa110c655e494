package io.fedflow.components.intersection;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hashes of signatures in ascending order, each once. The order tells nothing about the ids, so a
 * position in the list may name an id to the list's owner. Immutable by convention.
 */
final class DigestList {

  /** Bytes kept of a hash: 128 bits, so that even 2^40 ids hardly collide. */
  static final int WIDTH = 16;

  private static final byte VERSION = 1;

  private final byte[] bytes;

  private DigestList(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A sorted list and where its digests came from.
   *
   * @param list the digests
   * @param order position in the list to index of the digest given
   */
  record Sorted(DigestList list, int[] order) {}

  /**
   * Sorts digests of {@link #WIDTH} bytes.
   *
   * @throws IllegalArgumentException if one occurs twice: ids of a table are unique
   */
  static Sorted sorted(List<byte[]> digests) {
    int[] order =
        IntStream.range(0, digests.size())
            .boxed()
            .sorted(Comparator.comparing(digests::get, Arrays::compareUnsigned))
            .mapToInt(Integer::intValue)
            .toArray();
    byte[] bytes = new byte[Math.multiplyExact(order.length, WIDTH)];
    for (int position = 0; position < order.length; position++) {
      System.arraycopy(digests.get(order[position]), 0, bytes, position * WIDTH, WIDTH);
    }
    DigestList list = new DigestList(bytes);
    if (list.firstDisorder() >= 0) {
      throw new IllegalArgumentException("a digest occurs twice");
    }
    return new Sorted(list, order);
  }

  /**
   * A list that a cache kept.
   *
   * @throws FedflowException {@code intersection.cache} (INVALID) if it is not in ascending order
   */
  static DigestList of(byte[] bytes) {
    DigestList list = new DigestList(bytes);
    if (bytes.length % WIDTH != 0 || list.firstDisorder() >= 0) {
      throw FedflowException.invalid(
          "intersection.cache", "the cache holds signed ids out of order; make a new one");
    }
    return list;
  }

  /** The digests one behind the other; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** How many digests. */
  int count() {
    return bytes.length / WIDTH;
  }

  /** The position of a digest, or -1. */
  int find(byte[] digest) {
    int low = 0;
    int high = count() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(
              bytes, middle * WIDTH, (middle + 1) * WIDTH, digest, 0, digest.length);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The digests of positions {@code from} to {@code to - 1}: a version byte, then the bytes. */
  Payload encode(int from, int to) {
    byte[] block = new byte[1 + (to - from) * WIDTH];
    block[0] = VERSION;
    System.arraycopy(bytes, from * WIDTH, block, 1, block.length - 1);
    return Payload.ofBytes(block);
  }

  /**
   * Reads the blocks that {@link #encode} wrote.
   *
   * @throws FedflowException {@code intersection.message} (PEER) if they do not hold {@code count}
   *     digests in ascending order
   */
  static DigestList decode(int count, List<Payload> blocks) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Payload payload : blocks) {
      byte[] block = payload.as(Payload.Format.BYTES);
      if (block.length == 0 || block[0] != VERSION) {
        throw malformed("a block of signed ids of another version");
      }
      all.write(block, 1, block.length - 1);
    }
    if (all.size() != (long) count * WIDTH) {
      throw malformed(all.size() + " bytes for " + count + " signed ids of " + WIDTH + " bytes");
    }
    DigestList list = new DigestList(all.toByteArray());
    if (list.firstDisorder() >= 0) {
      throw malformed("signed ids out of order at position " + list.firstDisorder());
    }
    return list;
  }

  private int firstDisorder() {
    for (int i = 1; i < count(); i++) {
      int order =
          Arrays.compareUnsigned(
              bytes, (i - 1) * WIDTH, i * WIDTH, bytes, i * WIDTH, (i + 1) * WIDTH);
      if (order >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static FedflowException malformed(String found) {
    return FedflowException.peer("intersection.message", "malformed message: found " + found);
  }
}
