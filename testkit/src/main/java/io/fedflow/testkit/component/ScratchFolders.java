package io.fedflow.testkit.component;

import io.fedflow.party.Party;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The folders for temporary files of one run's parties. Thread-safe. */
final class ScratchFolders {

  private final Path all =
      Path.of(System.getProperty("java.io.tmpdir")).resolve("fedflow-harness-" + UUID.randomUUID());

  private final Path blocked = all.resolve("blocked");

  /** Not there before the party's component makes it. */
  Path of(Party party) {
    return all.resolve(party.role() + "-" + party.id());
  }

  /** A folder that nobody can make: what would be its parent is a file. */
  Path unwritable() {
    try {
      Files.createDirectories(all);
      if (!Files.exists(blocked)) {
        Files.createFile(blocked);
      }
      return blocked.resolve("folder");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Fails if a file is left: components tidy up themselves, at a failure too. */
  void requireNoFiles() {
    List<Path> left =
        within().stream()
            .filter(path -> Files.isRegularFile(path) && !path.equals(blocked))
            .toList();
    if (!left.isEmpty()) {
      throw new AssertionError("temporary files were left: " + left);
    }
  }

  /** Deletes whatever is there. */
  void delete() {
    within().stream()
        .sorted(Comparator.reverseOrder())
        .forEach(
            path -> {
              try {
                Files.deleteIfExists(path);
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              }
            });
  }

  private List<Path> within() {
    if (!Files.exists(all)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(all)) {
      return paths.toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
