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

  /** Not there before the party's component makes it. */
  Path of(Party party) {
    return all.resolve(party.role() + "-" + party.id());
  }

  /** Fails if a file is left: components tidy up themselves, at a failure too. */
  void requireNoFiles() {
    List<Path> left = within().stream().filter(Files::isRegularFile).toList();
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
