package io.fedflow.federation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of one payload, as many as have come so far: in memory if there is room for all of
 * them, otherwise in a file. It takes memory as what was promised really comes: 1 MiB at first,
 * then four times what is here. One writer at a time: whoever took over last. Thread-safe.
 */
final class PartialPayload implements Kept {

  /** Taken at once, whoever promised more. */
  private static final int FIRST = 1 << 20;

  /** By how much more than what came the memory grows. */
  private static final int GROWTH = 4;

  private final Payload.Format format;
  private final int size;
  private byte[] bytes = new byte[0];
  private final CRC32C checksum = new CRC32C();
  private final MessageDigest digest;
  private int received;
  private int writer;
  private final PayloadRoom room;
  private final SpillFile file;
  private long idleSince = System.nanoTime();
  private boolean over;

  /**
   * Nothing so far.
   *
   * @param digested whether SHA-256 of the bytes will be asked for
   * @throws io.fedflow.failure.FedflowException {@code federation.full} if there is no room at all
   */
  PartialPayload(PayloadRoom room, Payload.Format format, int size, boolean digested) {
    this.digest = digested ? sha256() : null;
    this.room = room;
    this.format = format;
    this.size = size;
    this.file = room.reserveMemory(size) ? null : room.spill(size);
  }

  /** Whether it is kept in a file. */
  boolean spills() {
    return file != null;
  }

  /**
   * Whether this is a piece of the same payload, as far as can be told before all of it is here.
   */
  boolean matches(Payload.Format otherFormat, int otherSize, boolean digested) {
    return format == otherFormat && size == otherSize && digested == (digest != null);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Makes the caller the writer; the one before may write no more. */
  synchronized int takeOver() {
    idleSince = System.nanoTime();
    return ++writer;
  }

  synchronized boolean isWriter(int claimed) {
    return writer == claimed && !over;
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
    if (writer != claimed || over) {
      return false;
    }
    if (piece.remaining() > size - received) {
      throw new IllegalArgumentException("more bytes than the header's " + size);
    }
    idleSince = System.nanoTime();
    checksum.update(piece.duplicate());
    if (digest != null) {
      digest.update(piece.duplicate());
    }
    if (file != null) {
      int length = piece.remaining();
      file.append(piece);
      received += length;
      return true;
    }
    int end = received + piece.remaining();
    if (end > bytes.length) {
      long grown = Math.max(Math.max(end, FIRST), (long) GROWTH * received);
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, grown));
    }
    piece.get(bytes, received, piece.remaining());
    received = end;
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

  /** Whether SHA-256 of what came is this; asked once, when it is complete. */
  synchronized boolean hasDigest(byte[] expected) {
    return digest != null && MessageDigest.isEqual(digest.digest(), expected);
  }

  /** The whole payload, once it is complete; what was kept here is given up. */
  @Override
  public synchronized Payload take() {
    if (file != null) {
      over = true;
      return new Payload(format, size == 0 ? new byte[0] : file.readAndDelete());
    }
    Payload payload = new Payload(format, bytes);
    drop();
    return payload;
  }

  @Override
  public synchronized void drop() {
    if (over) {
      return;
    }
    over = true;
    bytes = new byte[0];
    if (file == null) {
      room.releaseMemory(size);
    } else {
      file.delete();
    }
  }
}
