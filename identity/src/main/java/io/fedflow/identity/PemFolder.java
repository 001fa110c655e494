package io.fedflow.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Folders of files in PEM. */
final class PemFolder {

  private PemFolder() {}

  /** The files of a folder by name, without those that are being written; none if it is missing. */
  static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[!.]*.pem")) {
        found.forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
      }
    }
    Collections.sort(files);
    return files;
  }
}
