package io.fedflow.components.intersection;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keys of one side in files, dealt by value: of each its {@link KeyIndex#WIDTH} bytes and the
 * position at which it came. Only this process's user can read the files. Not thread-safe.
 */
final class KeyPartitions {

  private static final System.Logger LOG = System.getLogger(KeyPartitions.class.getName());

  /** Bytes of a partition that wait to be written. */
  private static final int WRITTEN_AT_ONCE = 1 << 13;

  private static final int READ_AT_ONCE = 1 << 16;

  private final Path folder;
  private final Path[] files;
  private final DataOutputStream[] outs;
  private final int[] counts;
  private final int shift;
  private int count;

  /**
   * No keys yet; a file is made with its first key.
   *
   * @param partitions a power of two, at least 2
   */
  KeyPartitions(Path folder, int partitions) {
    this.folder = folder;
    this.files = new Path[partitions];
    this.outs = new DataOutputStream[partitions];
    this.counts = new int[partitions];
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(partitions);
  }

  /**
   * The keys of one partition.
   *
   * @param keys one behind the other
   * @param positions at which they came, ascending
   */
  record Part(byte[] keys, int[] positions) {}

  /** How many keys were added. */
  int count() {
    return count;
  }

  int partitions() {
    return files.length;
  }

  /**
   * Adds keys behind those that are there.
   *
   * @throws FedflowException {@code intersection.spill} (UNAVAILABLE) if the disk does not take
   *     them
   */
  void add(byte[] keys) {
    ByteBuffer in = ByteBuffer.wrap(keys);
    try {
      for (int at = 0; at < keys.length; at += KeyIndex.WIDTH) {
        int partition = (int) (KeyIndex.spread(in, at) >>> shift);
        DataOutputStream out = out(partition);
        out.write(keys, at, KeyIndex.WIDTH);
        out.writeInt(count++);
        counts[partition]++;
      }
    } catch (IOException failed) {
      throw failed("kept", failed);
    }
  }

  /** Streams of files and not of channels: those would close if the task was stopped meanwhile. */
  private DataOutputStream out(int partition) throws IOException {
    if (outs[partition] == null) {
      files[partition] = Files.createTempFile(folder, "keys", ".part");
      outs[partition] =
          new DataOutputStream(
              new BufferedOutputStream(
                  new FileOutputStream(files[partition].toFile()), WRITTEN_AT_ONCE));
    }
    return outs[partition];
  }

  /**
   * Reads a partition and deletes its file.
   *
   * @throws FedflowException {@code intersection.spill} (UNAVAILABLE) if it cannot be read
   */
  Part read(int partition) {
    byte[] keys = new byte[counts[partition] * KeyIndex.WIDTH];
    int[] positions = new int[counts[partition]];
    if (outs[partition] == null) {
      return new Part(keys, positions);
    }
    try {
      outs[partition].close();
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(
                  new FileInputStream(files[partition].toFile()), READ_AT_ONCE))) {
        for (int i = 0; i < positions.length; i++) {
          in.readFully(keys, i * KeyIndex.WIDTH, KeyIndex.WIDTH);
          positions[i] = in.readInt();
        }
      }
    } catch (IOException failed) {
      throw failed("read", failed);
    }
    delete(partition);
    return new Part(keys, positions);
  }

  /** Deletes all files that are left; again is without effect. */
  void close() {
    for (int partition = 0; partition < files.length; partition++) {
      delete(partition);
    }
  }

  private void delete(int partition) {
    if (files[partition] == null) {
      return;
    }
    try {
      outs[partition].close();
    } catch (IOException full) {
      // What could not be written is not wanted any more.
      LOG.log(System.Logger.Level.DEBUG, "keys of ids were not written", full);
    }
    try {
      Files.deleteIfExists(files[partition]);
    } catch (IOException left) {
      LOG.log(System.Logger.Level.WARNING, "a file of masked ids stays with its task", left);
    }
    files[partition] = null;
    outs[partition] = null;
  }

  private static FedflowException failed(String what, IOException why) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "intersection.spill",
        "masked ids could not be "
            + what
            + " on the disk of this party ("
            + why.getClass().getSimpleName()
            + "); see that it has space and works, or raise spill_above",
        why);
  }
}
