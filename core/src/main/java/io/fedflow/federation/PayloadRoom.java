package io.fedflow.federation;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where payloads wait until tasks take them: in memory up to a bound, beyond it in files of a
 * folder of their own, which are deleted when they are taken or given up. Nothing in the folder
 * outlives the process that wrote it: what an earlier one left is deleted first. Thread-safe.
 */
public final class PayloadRoom {

  private static final String PREFIX = "payload-";
  private static final String SUFFIX = ".spilled";

  private final long memoryBytes;
  private final long fileBytes;
  private final Path folder;
  private final AtomicLong inMemory = new AtomicLong();
  private final AtomicLong inFiles = new AtomicLong();
  private final AtomicLong spilled = new AtomicLong();

  private PayloadRoom(long memoryBytes, long fileBytes, Path folder) {
    this.memoryBytes = memoryBytes;
    this.fileBytes = fileBytes;
    this.folder = folder;
  }

  /** As much memory as there is, and no files. */
  public static PayloadRoom unbounded() {
    return new PayloadRoom(Long.MAX_VALUE, 0, null);
  }

  /**
   * A bounded room.
   *
   * @param memoryBytes how many bytes of payloads wait in memory at most; 0 or more
   * @param fileBytes how many wait in files at most; 0 or more
   * @param folder where the files are; created if need be, for nobody else's use
   * @throws IOException if it cannot be used
   * @throws IllegalArgumentException if a bound is negative
   */
  public static PayloadRoom bounded(long memoryBytes, long fileBytes, Path folder)
      throws IOException {
    if (memoryBytes < 0 || fileBytes < 0) {
      throw new IllegalArgumentException(
          "payload room: found " + memoryBytes + " and " + fileBytes + " bytes, at least 0");
    }
    Files.createDirectories(folder);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + '*' + SUFFIX)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    return new PayloadRoom(memoryBytes, fileBytes, folder);
  }

  /** How many bytes wait in memory, or are promised to. */
  public long memoryUsed() {
    return inMemory.get();
  }

  /** How many bytes wait in files, or are promised to. */
  public long fileBytesUsed() {
    return inFiles.get();
  }

  /** How many payloads went to files since the start. */
  public long spilled() {
    return spilled.get();
  }

  /** Takes memory for a payload, if there is some left. */
  boolean reserveMemory(long bytes) {
    return reserve(inMemory, bytes, memoryBytes);
  }

  void releaseMemory(long bytes) {
    inMemory.addAndGet(-bytes);
  }

  /**
   * Makes a file for a payload.
   *
   * @throws FedflowException of kind EXHAUSTED {@code federation.full} if too much waits
   */
  SpillFile spill(int bytes) {
    if (!reserve(inFiles, bytes, fileBytes)) {
      throw new FedflowException(
          FailureKind.EXHAUSTED,
          "federation.full",
          "messages of "
              + inFiles.get()
              + " bytes wait in files already, "
              + fileBytes
              + " are allowed; their tasks take them too slowly");
    }
    spilled.incrementAndGet();
    return new SpillFile(this, folder.resolve(PREFIX + UUID.randomUUID() + SUFFIX), bytes);
  }

  void releaseFile(long bytes) {
    inFiles.addAndGet(-bytes);
  }

  /** What keeps others of this machine from reading messages, where the folder can say so. */
  FileAttribute<?>[] ownerOnly() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean reserve(AtomicLong used, long bytes, long most) {
    long before = used.get();
    while (bytes <= most - before) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }
}
