package io.fedflow.storage.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder of temporary files for one process. It is locked while the process lives: folders that a
 * crash left behind are not, and are deleted at the next start. Thread-safe.
 */
final class ScratchFolder implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String PREFIX = "parquet-";

  /** A process that opens and closes a locked file of its own loses the lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private ScratchFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes a folder below this one, and deletes those whose processes are gone. */
  static ScratchFolder open(Path parent) throws IOException {
    Path real = Files.createDirectories(parent).toRealPath();
    deleteAbandoned(real);
    Path path = real.resolve(PREFIX + UUID.randomUUID());
    OWN.add(path);
    Files.createDirectory(path);
    FileChannel lock =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException("the folder " + path.getFileName() + " cannot be locked");
    }
    return new ScratchFolder(path, lock);
  }

  private static void deleteAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (abandoned(folder)) {
          deleteAll(folder);
        }
      }
    }
  }

  private static boolean abandoned(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    if (OWN.contains(folder) || !Files.exists(file)) {
      // In use here, or somebody may be about to lock it.
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock mine = channel.tryLock()) {
      return mine != null;
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  Path path() {
    return path;
  }

  /** The path of a file that is not there yet. */
  Path fresh() {
    return path.resolve(UUID.randomUUID() + ".parquet");
  }

  @Override
  public void close() {
    try {
      lock.close();
      deleteAll(path);
      OWN.remove(path);
    } catch (IOException failed) {
      throw new UncheckedIOException("temporary files of tables stay behind", failed);
    }
  }
}
