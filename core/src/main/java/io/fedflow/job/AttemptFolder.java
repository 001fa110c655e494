package io.fedflow.job;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/** Folders of single attempts, made by components and deleted after them. Stateless. */
public final class AttemptFolder {

  private static final System.Logger LOG = System.getLogger(AttemptFolder.class.getName());

  private static final String PREFIX = "task-";

  private AttemptFolder() {}

  /**
   * Deletes the folders that attempts of an earlier process left. Never throws.
   *
   * @param parent of folders of attempts that this process alone runs; need not exist
   */
  public static void clear(Path parent) {
    if (!Files.exists(parent)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      folders.forEach(AttemptFolder::delete);
    } catch (IOException | DirectoryIteratorException left) {
      LOG.log(System.Logger.Level.WARNING, () -> "temporary files stay in " + parent, left);
    }
  }

  /** A folder that no attempt had before; it is not made here. */
  static Path fresh(Path parent) {
    return parent.toAbsolutePath().resolve(PREFIX + UUID.randomUUID());
  }

  /**
   * Deletes a folder with all that is in it, if it is there. Never throws: an attempt that ended
   * well did, whatever it left.
   */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException left) {
      LOG.log(System.Logger.Level.WARNING, () -> "temporary files stay in " + folder, left);
    }
  }

  /** Follows no links: what they lead to is not the attempt's. */
  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failed) throws IOException {
      if (failed != null) {
        throw failed;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
