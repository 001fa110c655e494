package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFolderTest {

  @TempDir private Path parent;

  @Test
  void fresh_isAnotherOneEachTime_andNotMade() {
    Path one = AttemptFolder.fresh(parent);
    assertThat(one).isAbsolute().doesNotExist().isNotEqualTo(AttemptFolder.fresh(parent));
    AttemptFolder.delete(one);
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void delete_takesAllThatIsInIt_andNothingThatLinksLeadTo() throws Exception {
    Path other = Files.createDirectory(parent.resolve("other"));
    Path kept = Files.writeString(other.resolve("kept"), "rows");
    Path folder = Files.createDirectory(AttemptFolder.fresh(parent));
    Files.writeString(Files.createDirectory(folder.resolve("within")).resolve("file"), "keys");
    Files.createSymbolicLink(folder.resolve("link"), other);
    AttemptFolder.delete(folder);
    assertThat(folder).doesNotExist();
    assertThat(kept).hasContent("rows");
  }

  @Test
  void clear_takesFoldersOfAttempts_andNothingElse() throws Exception {
    Path left = Files.createDirectory(AttemptFolder.fresh(parent));
    Files.writeString(left.resolve("file"), "keys");
    Path other = Files.createDirectory(parent.resolve("other"));
    AttemptFolder.clear(parent);
    assertThat(left).doesNotExist();
    assertThat(other).exists();
    AttemptFolder.clear(parent.resolve("never made"));
  }

  @Test
  void delete_ofAStoppedThread_deletes() throws Exception {
    Path folder = Files.createDirectory(AttemptFolder.fresh(parent));
    Files.writeString(folder.resolve("file"), "keys");
    Thread.currentThread().interrupt();
    AttemptFolder.delete(folder);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder).doesNotExist();
  }
}
