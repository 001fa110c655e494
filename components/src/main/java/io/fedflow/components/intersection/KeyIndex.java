package io.fedflow.components.intersection;

import java.nio.ByteBuffer;

/**
 * Keys of ids that two parties masked, or hashes of their signatures, found by value: 16 bytes a
 * key and at most 16 for the index, whatever the ids. Not thread-safe.
 */
final class KeyIndex {

  /**
   * Bytes kept of a masked id or of a signature's hash: 128 bits, so that even 2^40 ids hardly
   * collide.
   */
  static final int WIDTH = 16;

  private final ByteBuffer keys;
  private int[] slots;

  /** Room for {@code count} keys. */
  KeyIndex(int count) {
    this(ByteBuffer.allocate(Math.multiplyExact(count, WIDTH)));
  }

  private KeyIndex(ByteBuffer keys) {
    this.keys = keys;
  }

  /** Some keys, all that there will be; not copied. */
  static KeyIndex of(byte[] keys) {
    return new KeyIndex(ByteBuffer.wrap(keys).position(keys.length));
  }

  /** Adds keys behind those that are there; at most as many as there is room for. */
  void add(byte[] more) {
    keys.put(more);
  }

  /** How many keys were added. */
  int count() {
    return keys.position() / WIDTH;
  }

  /**
   * Prepares {@link #find}, once, after the last key.
   *
   * @return the position of the first key that occurs twice, or -1
   */
  int build() {
    // At most half of the slots are taken; a slot holds a position and one, or 0.
    slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, count())) << 2)];
    for (int position = 0; position < count(); position++) {
      int slot = slotOf(keys, position);
      if (slots[slot] != 0) {
        return position;
      }
      slots[slot] = position + 1;
    }
    return -1;
  }

  /** The position here of the key that another index has at a position, or -1. */
  int find(KeyIndex other, int position) {
    return slots[slotOf(other.keys, position)] - 1;
  }

  /**
   * A number that follows from a key, the upper bits from all of its bits. Keys are as good as
   * random, but a peer may choose some: the product spreads any bits.
   *
   * @param at where the key begins, in bytes
   */
  static long spread(ByteBuffer from, int at) {
    return (from.getLong(at) ^ from.getLong(at + Long.BYTES)) * 0x9E3779B97F4A7C15L;
  }

  /** The slot that holds an equal key, or the empty one for it. */
  private int slotOf(ByteBuffer from, int position) {
    long low = from.getLong(position * WIDTH);
    long high = from.getLong(position * WIDTH + Long.BYTES);
    int mask = slots.length - 1;
    int slot = (int) (spread(from, position * WIDTH) >>> 32) & mask;
    while (slots[slot] != 0) {
      int there = (slots[slot] - 1) * WIDTH;
      if (keys.getLong(there) == low && keys.getLong(there + Long.BYTES) == high) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
