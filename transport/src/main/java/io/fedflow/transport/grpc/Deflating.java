package io.fedflow.transport.grpc;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;

/**
 * Deflates pieces, if that saves a quarter of their bytes: less is not worth the time at both ends.
 * Fast rather than thorough.
 */
final class Deflating {

  /** How much of a payload is deflated to see whether all of it is worth it. */
  private static final int SAMPLE = 4096;

  private Deflating() {}

  /** Whether a sample from the middle of a payload shrinks enough. */
  static boolean pays(byte[] payload) {
    int length = Math.min(SAMPLE, payload.length);
    return deflate(payload, (payload.length - length) / 2, length).isPresent();
  }

  /** The bytes deflated; empty if that saves less than a quarter of them. */
  static Optional<byte[]> deflate(byte[] payload, int offset, int length) {
    byte[] deflated = new byte[length - length / 4];
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(payload, offset, length);
      deflater.finish();
      int size = deflater.deflate(deflated);
      return deflater.finished() ? Optional.of(Arrays.copyOf(deflated, size)) : Optional.empty();
    } finally {
      deflater.end();
    }
  }
}
