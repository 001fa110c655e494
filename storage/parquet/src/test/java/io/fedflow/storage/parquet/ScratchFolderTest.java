package io.fedflow.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {

  @TempDir Path parent;

  @Test
  void whatACrashLeft_isDeletedAtTheNextStart_andWhatIsInUseIsNot() throws IOException {
    Path left = Files.createDirectories(parent.resolve("parquet-left").resolve("spilled"));
    Files.writeString(left.resolve("rows"), "x");
    Files.createFile(parent.resolve("parquet-left").resolve("lock"));
    Path other = Files.writeString(parent.resolve("other"), "x");
    try (ScratchFolder first = ScratchFolder.open(parent)) {
      assertThat(parent.resolve("parquet-left")).doesNotExist();
      assertThat(other).exists();
      Path used = Files.writeString(first.fresh(), "x");
      try (ScratchFolder second = ScratchFolder.open(parent)) {
        assertThat(second.path()).isNotEqualTo(first.path());
        assertThat(used).exists();
      }
      assertThat(used).exists();
    }
    assertThat(parent).isDirectoryNotContaining("glob:**/parquet-*");
  }
}
