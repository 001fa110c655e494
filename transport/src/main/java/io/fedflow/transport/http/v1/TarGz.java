package io.fedflow.transport.http.v1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Collects files below a temporary folder and packs them. Bounded memory: everything goes through
 * the disk. Blocking; not thread-safe.
 */
final class TarGz implements AutoCloseable {

  private final Path staging;
  private final Path folder;

  /** Collects below a fresh folder inside the staging folder. */
  TarGz(Path staging) throws IOException {
    this.staging = Files.createDirectories(staging);
    this.folder = Files.createTempDirectory(staging, "archive-");
  }

  /**
   * The file of an entry, its folders made; nothing in the parts of a name can lead elsewhere.
   *
   * @param parts the entry's path
   */
  Path file(String... parts) throws IOException {
    Path file = folder;
    for (String part : parts) {
      file = file.resolve(harmless(part));
    }
    Files.createDirectories(file.getParent());
    return file;
  }

  /** Packs all files in the order of their names. */
  Path pack() throws IOException {
    Path target = Files.createTempFile(staging, "archive-", ".tar.gz");
    try (OutputStream out = Files.newOutputStream(target);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Path file : files()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        tar.putArchiveEntry(new TarArchiveEntry(file, name));
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(target);
      throw e;
    }
    return target;
  }

  /** Removes the temporary folder, not the packed file. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** A part of a name that leads nowhere. */
  static String harmless(String part) {
    String name = part.replaceAll("[^A-Za-z0-9._-]", "_");
    return name.isEmpty() || name.startsWith(".") ? '_' + name : name;
  }
}
