package io.fedflow.transport.http.export;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The folders into which tables may be written. Clients name files in them; no name leads out of
 * them, over links neither. Blocking; thread-safe.
 */
public final class ExportFolders {

  private static final int LONGEST = 1000;

  private final List<Path> folders;

  /** These folders; none refuses every file. */
  public ExportFolders(List<Path> folders) {
    this.folders = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  /** Writes the text of a file. */
  @FunctionalInterface
  public interface Content {

    /** Writes all of it; the writer is not to be closed. */
    void writeTo(Writer out) throws IOException;
  }

  /**
   * Where a file that a client names would be. A relative name is looked for in the first folder.
   *
   * @throws FedflowException {@code export.forbidden} (INVALID), the same whatever is there
   */
  public Path resolve(String name) {
    for (Path folder : folders) {
      try {
        Path file = folder.resolve(name).normalize();
        if (name.length() <= LONGEST
            && file.startsWith(folder)
            && !file.equals(folder)
            && !file.getFileName().toString().startsWith(".")
            && isBelow(file, folder)) {
          return file;
        }
      } catch (IOException | InvalidPathException notThere) {
        // The same answer as for a forbidden file, so that nobody can probe the disk.
        continue;
      }
    }
    throw FedflowException.invalid(
        "export.forbidden",
        "output_path: the server may not write there; allowed are files below the folders that it"
            + " was started with as --export-folder ("
            + (folders.isEmpty() ? "there is none" : folders.size() + " of them")
            + "), or take the table by /v1/table/download");
  }

  /** Whether what is there of the way to a file really lies in the folder. */
  private static boolean isBelow(Path file, Path folder) throws IOException {
    Path root = folder.toRealPath();
    if (Files.isSymbolicLink(file) || Files.isDirectory(file)) {
      return false;
    }
    Path there = file.getParent();
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    return Files.isDirectory(there) && there.toRealPath().startsWith(root);
  }

  /**
   * Writes a file whole or not at all.
   *
   * @param name as {@link #resolve} takes it
   * @param replace whether a file that is there is replaced
   * @throws FedflowException {@code export.forbidden} (INVALID), or {@code export.exists}
   *     (CONFLICT)
   */
  public Path write(String name, boolean replace, Content content) throws IOException {
    Path file = resolve(name);
    requireFree(file, replace);
    Files.createDirectories(file.getParent());
    // Somebody may have put a link there in between.
    resolve(name);
    Path made = Files.createTempFile(file.getParent(), ".export-", ".part");
    try {
      try (Writer out = Files.newBufferedWriter(made)) {
        content.writeTo(out);
      }
      requireFree(file, replace);
      if (replace) {
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        link(made, file);
      }
    } finally {
      Files.deleteIfExists(made);
    }
    return file;
  }

  /** Of two who write the same file at once one must fail, which a move does not promise. */
  private static void link(Path made, Path file) throws IOException {
    try {
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException there) {
      throw exists(file);
    } catch (UnsupportedOperationException noLinks) {
      Files.move(made, file);
    }
  }

  private static void requireFree(Path file, boolean replace) {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file);
    }
  }

  private static FedflowException exists(Path file) {
    return new FedflowException(
        FailureKind.CONFLICT,
        "export.exists",
        "output_path: found "
            + file.getFileName()
            + ", which is there already; say overwrite 1 to replace it");
  }
}
