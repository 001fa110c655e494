package io.fedflow.federation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of one payload, as many as have come so far. It takes memory for what really came, not
 * for what was promised. One writer at a time: whoever took over last. Thread-safe.
 */
final class PartialPayload {

  /** Small enough to be had at once, large enough to be few. */
  private static final int BLOCK = 256 << 10;

  private final Payload.Format format;
  private final int size;
  private final List<byte[]> blocks = new ArrayList<>();
  private final CRC32C checksum = new CRC32C();
  private int received;
  private int writer;
  private long idleSince = System.nanoTime();

  PartialPayload(Payload.Format format, int size) {
    this.format = format;
    this.size = size;
  }

  /**
   * Whether this is a piece of the same payload, as far as can be told before all of it is here.
   */
  boolean matches(Payload.Format otherFormat, int otherSize) {
    return format == otherFormat && size == otherSize;
  }

  /** Makes the caller the writer; the one before may write no more. */
  synchronized int takeOver() {
    idleSince = System.nanoTime();
    return ++writer;
  }

  synchronized boolean isWriter(int claimed) {
    return writer == claimed;
  }

  /** How many bytes came, all from the begin. */
  synchronized int received() {
    return received;
  }

  /** Since when nothing came, as {@link System#nanoTime}. */
  synchronized long idleSince() {
    return idleSince;
  }

  /**
   * Appends a piece.
   *
   * @return false if another writer took over
   * @throws IllegalArgumentException if there are more bytes than the size
   */
  synchronized boolean append(int claimed, ByteBuffer piece) {
    if (writer != claimed) {
      return false;
    }
    if (piece.remaining() > size - received) {
      throw new IllegalArgumentException("more bytes than the header's " + size);
    }
    idleSince = System.nanoTime();
    checksum.update(piece.duplicate());
    while (piece.hasRemaining()) {
      int inBlock = received % BLOCK;
      if (inBlock == 0) {
        blocks.add(new byte[Math.min(BLOCK, size - received)]);
      }
      byte[] block = blocks.get(blocks.size() - 1);
      int length = Math.min(piece.remaining(), block.length - inBlock);
      piece.get(block, inBlock, length);
      received += length;
    }
    return true;
  }

  /** Whether every byte is here. */
  synchronized boolean complete() {
    return received == size;
  }

  /** CRC-32C of what came so far. */
  synchronized int checksum() {
    return (int) checksum.getValue();
  }

  /** The whole payload, once it is complete; what was kept here is given up. */
  synchronized Payload join() {
    byte[] bytes = new byte[size];
    int filled = 0;
    for (byte[] block : blocks) {
      System.arraycopy(block, 0, bytes, filled, block.length);
      filled += block.length;
    }
    blocks.clear();
    return new Payload(format, bytes);
  }
}
