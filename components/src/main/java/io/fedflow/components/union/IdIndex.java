package io.fedflow.components.union;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Numbers by ids, which are known by 128 bits of their SHA-256: 24 bytes of memory for a place, and
 * at most three places for an id. Not thread-safe.
 */
final class IdIndex {

  /** Given for an id that is not there. */
  static final long NONE = -1;

  private static final int FIRST_PLACES = 1 << 10;

  /** A place holds the two halves of a digest and the number; a free one holds {@link #NONE}. */
  private static final int WIDTH = 3;

  private final MessageDigest sha = sha256();
  private long[] places = empty(FIRST_PLACES);
  private int ids;

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static long[] empty(int count) {
    long[] places = new long[Math.multiplyExact(count, WIDTH)];
    Arrays.fill(places, NONE);
    return places;
  }

  /** How many ids there are. */
  int size() {
    return ids;
  }

  /** The number of an id, or {@link #NONE}. */
  long find(String id) {
    ByteBuffer digest = digest(id);
    return places[place(places, digest.getLong(), digest.getLong()) + 2];
  }

  /**
   * Adds an id unless it is there.
   *
   * @param number at least 0
   * @return whether it was added
   */
  boolean add(String id, long number) {
    if (3L * ids >= 2L * places.length / WIDTH) {
      grow();
    }
    ByteBuffer digest = digest(id);
    if (!put(places, digest.getLong(), digest.getLong(), number)) {
      return false;
    }
    ids++;
    return true;
  }

  private ByteBuffer digest(String id) {
    return ByteBuffer.wrap(sha.digest(id.getBytes(StandardCharsets.UTF_8)));
  }

  private void grow() {
    long[] larger = empty(Math.multiplyExact(places.length / WIDTH, 2));
    for (int at = 0; at < places.length; at += WIDTH) {
      if (places[at + 2] != NONE) {
        put(larger, places[at], places[at + 1], places[at + 2]);
      }
    }
    places = larger;
  }

  private static boolean put(long[] places, long high, long low, long number) {
    int at = place(places, high, low);
    if (places[at + 2] != NONE) {
      return false;
    }
    places[at] = high;
    places[at + 1] = low;
    places[at + 2] = number;
    return true;
  }

  /** Where a digest is, or could be. */
  private static int place(long[] places, long high, long low) {
    int count = places.length / WIDTH;
    int at = (int) (high & count - 1) * WIDTH;
    while (places[at + 2] != NONE && (places[at] != high || places[at + 1] != low)) {
      at = (at + WIDTH) % places.length;
    }
    return at;
  }
}
