package io.fedflow.transport.http.upload;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Files on the server that a client may name: only those below listed folders. Blocking. */
final class LocalFiles {

  private final List<Path> folders;

  LocalFiles(List<Path> folders) {
    this.folders = folders;
  }

  /**
   * The real path of a file, links followed.
   *
   * @throws FedflowException {@code upload.forbidden} if it lies elsewhere or is no file
   */
  Path resolve(String name) {
    for (Path folder : folders) {
      try {
        Path root = folder.toRealPath();
        Path file = root.resolve(name).toRealPath();
        if (file.startsWith(root) && Files.isRegularFile(file)) {
          return file;
        }
      } catch (IOException | InvalidPathException e) {
        // Not there: the same answer as for a forbidden file, so that nobody can probe the disk.
        continue;
      }
    }
    throw FedflowException.invalid(
        "upload.forbidden",
        "file: the server may not read it or it does not exist; allowed are files below the"
            + " server's local data folders ("
            + (folders.isEmpty() ? "none is configured" : folders.size() + " configured")
            + "); upload the file itself instead");
  }
}
