package io.fedflow.transport.grpc;

import com.google.protobuf.ByteString;
import java.util.Arrays;

/**
 * Collects the chunks of a payload of known size. It grows with what really arrives: a header that
 * promises a gigabyte costs nothing. Not thread-safe.
 */
final class PayloadBuffer {

  private static final int FIRST = 64 << 10;

  private final int size;
  private byte[] bytes;
  private int filled;

  PayloadBuffer(int size) {
    this.size = size;
    this.bytes = new byte[Math.min(size, FIRST)];
  }

  /** Adds a chunk; false if it exceeds the size. */
  boolean add(ByteString chunk) {
    if (chunk.size() > size - filled) {
      return false;
    }
    int needed = filled + chunk.size();
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, Math.max(needed, 2L * bytes.length)));
    }
    chunk.copyTo(bytes, filled);
    filled = needed;
    return true;
  }

  /** Tells whether every byte is there. */
  boolean complete() {
    return filled == size;
  }

  /** How many bytes are there. */
  int filled() {
    return filled;
  }

  /** The payload, once it is complete; not copied. */
  byte[] bytes() {
    return bytes;
  }
}
