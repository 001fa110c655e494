package io.fedflow.federation;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The file of one payload. Blocking; not thread-safe. */
final class SpillFile {

  /**
   * How many bytes one call reads or writes. The JDK copies them through memory outside the heap
   * and keeps that for the thread, so that a whole message must not pass at once.
   */
  private static final int PIECE = 1 << 20;

  private static final System.Logger LOG = System.getLogger(SpillFile.class.getName());

  private final PayloadRoom room;
  private final Path path;
  private final int size;
  private FileChannel channel;
  private boolean deleted;

  /** A file that is made with the first byte. */
  SpillFile(PayloadRoom room, Path path, int size) {
    this.room = room;
    this.path = path;
    this.size = size;
  }

  /** Appends bytes, all of them. */
  void append(ByteBuffer bytes) {
    try {
      if (channel == null) {
        channel =
            FileChannel.open(
                path,
                Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE),
                room.ownerOnly());
      }
      while (bytes.hasRemaining()) {
        ByteBuffer piece = piece(bytes);
        channel.write(piece);
        bytes.position(piece.position());
      }
    } catch (IOException failed) {
      throw failed("kept", failed);
    }
  }

  /** All bytes; the file is deleted. */
  byte[] readAndDelete() {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(size);
      while (bytes.hasRemaining()) {
        ByteBuffer piece = piece(bytes);
        if (channel.read(piece, bytes.position()) < 0) {
          throw new IOException("it ends after " + bytes.position() + " of " + size + " bytes");
        }
        bytes.position(piece.position());
      }
      return bytes.array();
    } catch (IOException failed) {
      throw failed("read", failed);
    } finally {
      delete();
    }
  }

  private static ByteBuffer piece(ByteBuffer bytes) {
    ByteBuffer piece = bytes.duplicate();
    return piece.limit(Math.min(bytes.limit(), bytes.position() + PIECE));
  }

  /** Deletes the file; again is without effect. */
  void delete() {
    if (deleted) {
      return;
    }
    deleted = true;
    room.releaseFile(size);
    try {
      if (channel != null) {
        channel.close();
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      LOG.log(System.Logger.Level.WARNING, "a spilled message stays until the next start", left);
    }
  }

  private static FedflowException failed(String what, IOException why) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "federation.spill",
        "a message could not be "
            + what
            + " on the disk of its receiver ("
            + why.getClass().getSimpleName()
            + "); see that it has space and works",
        why);
  }
}
