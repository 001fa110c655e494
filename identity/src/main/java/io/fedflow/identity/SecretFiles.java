package io.fedflow.identity;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read, written whole or not at all. */
public final class SecretFiles {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private SecretFiles() {}

  /**
   * Writes a file of mode 600 in place of whatever was there.
   *
   * @throws UncheckedIOException if the disk does not take it; the old file is then still whole
   */
  public static void writeSecret(Path file, String text) {
    write(file, text, "rw-------");
  }

  /**
   * Writes a file that everybody may read in place of whatever was there.
   *
   * @throws UncheckedIOException if the disk does not take it; the old file is then still whole
   */
  public static void writePublic(Path file, String text) {
    write(file, text, "rw-r--r--");
  }

  private static void write(Path file, String text, String mode) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      // The mode is there before the first byte is.
      Path fresh = Files.createTempFile(folder, ".new-", ".pem", attributes(mode));
      try {
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
          out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Makes a folder of mode 700, or takes the one that is there.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public static void makeFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, attributes("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static FileAttribute<?>[] attributes(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Refuses a secret that others may read.
   *
   * @throws FedflowException {@code identity.mode} with the remedy
   */
  public static void requirePrivate(Path file) {
    if (!POSIX) {
      return;
    }
    Set<PosixFilePermission> mode;
    try {
      mode = Files.getPosixFilePermissions(file);
    } catch (IOException missing) {
      throw new FedflowException(
          FailureKind.INVALID, "identity.file", file + ": cannot be read: " + missing);
    }
    if (mode.stream().anyMatch(right -> !right.name().startsWith("OWNER"))) {
      throw FedflowException.invalid(
          "identity.mode",
          file
              + ": found mode "
              + PosixFilePermissions.toString(mode)
              + ", allowed rw------- at most, since it holds secrets; remedy: chmod 600 "
              + file);
    }
  }
}
