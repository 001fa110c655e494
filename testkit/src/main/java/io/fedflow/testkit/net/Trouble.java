package io.fedflow.testkit.net;

import java.time.Duration;

/**
 * What a relay does to the bytes that pass it, in both directions.
 *
 * @param delay how much later every byte arrives; later bytes do not wait for earlier ones
 * @param bytesPerSecond how many bytes each direction of a connection carries; 0 for any number
 * @param longestWrite how many bytes are written at once at most, so that readers see them in
 *     pieces; 0 for any number
 * @param stalled whether nothing passes while all connections stay open, as on a network that is
 *     partitioned or a connection whose other end is gone unnoticed
 */
public record Trouble(Duration delay, long bytesPerSecond, int longestWrite, boolean stalled) {

  /** Everything passes at once. */
  public static final Trouble NONE = new Trouble(Duration.ZERO, 0, 0, false);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Trouble {
    if (delay.isNegative() || bytesPerSecond < 0 || longestWrite < 0) {
      throw new IllegalArgumentException(
          "trouble: found " + delay + ", " + bytesPerSecond + ", " + longestWrite + "; 0 or more");
    }
  }

  /** The same, with every byte so much later. */
  public Trouble delayedBy(Duration time) {
    return new Trouble(time, bytesPerSecond, longestWrite, stalled);
  }

  /** The same, with so many bytes in a second. */
  public Trouble throttledTo(long bytes) {
    return new Trouble(delay, bytes, longestWrite, stalled);
  }

  /** The same, in pieces of so many bytes. */
  public Trouble splitInto(int bytes) {
    return new Trouble(delay, bytesPerSecond, bytes, stalled);
  }

  /** The same, but nothing passes. */
  public Trouble stall() {
    return new Trouble(delay, bytesPerSecond, longestWrite, true);
  }
}
