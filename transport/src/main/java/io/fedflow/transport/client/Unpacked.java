package io.fedflow.transport.client;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks downloaded archives with bounded memory. */
final class Unpacked {

  private Unpacked() {}

  /**
   * Puts the files of a {@code tar.gz} below a folder, over what is there.
   *
   * @return the folder
   * @throws FedflowException if the archive is broken, or a name in it leads out of the folder
   */
  static Path into(Path folder, Path archive) {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
      Path root = Files.createDirectories(folder).toAbsolutePath().normalize();
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw FedflowException.peer(
              "archive.unsafe", "the downloaded archive names a file outside of " + folder);
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (entry.isFile()) {
          // A link or device has no place in such an archive and is left out.
          Files.createDirectories(target.getParent());
          Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new FedflowException(
          FailureKind.PEER,
          "archive.broken",
          "the downloaded archive cannot be unpacked below " + folder + ": " + e.getMessage(),
          e);
    }
  }
}
