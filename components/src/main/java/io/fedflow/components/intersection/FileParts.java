package io.fedflow.components.intersection;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Parts in temporary files, one for each part that has an element: of each its bytes and its
 * position. Only this process's user can read the files, and what was taken or closed is deleted.
 * What the disk does not take or give back is a failure {@code intersection.spill} (UNAVAILABLE).
 */
final class FileParts implements Parts {

  private static final System.Logger LOG = System.getLogger(FileParts.class.getName());

  /** Bytes of a part that wait to be written; a file is open only while they are. */
  private static final int WRITTEN_AT_ONCE = 1 << 13;

  private static final int READ_AT_ONCE = 1 << 16;

  private final Path folder;
  private final int width;
  private final Opener opener;
  private final Path[] files;
  private final ByteBuffer[] waiting;
  private final int[] counts;

  /** Opens a file that is there to write behind what it has. */
  @FunctionalInterface
  interface Opener {
    OutputStream open(Path file) throws IOException;
  }

  /**
   * Nothing yet; a file is made with the first element of its part.
   *
   * @param folder is there
   * @param parts how many, at least 1
   * @param width bytes of an element
   */
  FileParts(Path folder, int parts, int width) {
    // Streams of files and not of channels: those would close if the task was stopped meanwhile.
    this(folder, parts, width, file -> new FileOutputStream(file.toFile(), true));
  }

  FileParts(Path folder, int parts, int width, Opener opener) {
    this.folder = folder;
    this.width = width;
    this.opener = opener;
    this.files = new Path[parts];
    this.waiting = new ByteBuffer[parts];
    this.counts = new int[parts];
  }

  @Override
  public int parts() {
    return files.length;
  }

  @Override
  public void add(int part, byte[] from, int at, int position) {
    try {
      if (files[part] == null) {
        files[part] = Files.createTempFile(folder, "ids", ".part");
        waiting[part] = ByteBuffer.allocate(Math.max(WRITTEN_AT_ONCE, width + Integer.BYTES));
      } else if (waiting[part].remaining() < width + Integer.BYTES) {
        write(part);
      }
    } catch (IOException failed) {
      throw failed("kept", failed);
    }
    waiting[part].put(from, at, width).putInt(position);
    counts[part]++;
  }

  private void write(int part) throws IOException {
    try (OutputStream out = opener.open(files[part])) {
      out.write(waiting[part].array(), 0, waiting[part].position());
    }
    waiting[part].clear();
  }

  @Override
  public Part take(int part) {
    byte[] elements = new byte[Math.multiplyExact(counts[part], width)];
    int[] positions = new int[counts[part]];
    if (files[part] == null) {
      return new Part(elements, positions);
    }
    try {
      write(part);
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(new FileInputStream(files[part].toFile()), READ_AT_ONCE))) {
        for (int i = 0; i < positions.length; i++) {
          in.readFully(elements, i * width, width);
          positions[i] = in.readInt();
        }
      }
    } catch (IOException failed) {
      throw failed("read", failed);
    }
    delete(part);
    return new Part(elements, positions);
  }

  @Override
  public void close() {
    for (int part = 0; part < files.length; part++) {
      delete(part);
    }
  }

  private void delete(int part) {
    counts[part] = 0;
    if (files[part] != null) {
      try {
        Files.deleteIfExists(files[part]);
      } catch (IOException left) {
        LOG.log(System.Logger.Level.WARNING, "a file of masked ids stays with its task", left);
      }
    }
    files[part] = null;
    waiting[part] = null;
  }

  private static FedflowException failed(String what, IOException why) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "intersection.spill",
        "masked or signed ids could not be "
            + what
            + " on the disk of this party ("
            + why.getClass().getSimpleName()
            + "); see that it has space and works, or raise spill_above",
        why);
  }
}
