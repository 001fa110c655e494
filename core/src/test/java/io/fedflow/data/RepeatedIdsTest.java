package io.fedflow.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedIdsTest {

  @TempDir Path folder;

  @Test
  void findsWhatAMapFinds() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      assertFound(random.nextInt(3_000), 1 + random.nextInt(2_000), random);
    }
  }

  @Test
  void findsThemAcrossFilesAndLeavesNoneBehind() throws IOException {
    // More than two runs of half a million.
    assertFound(1_100_000, 1_000_000, new Random(1));
    assertFound(1_100_000, 3, new Random(2));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void differentIdsDoNotRepeat() throws IOException {
    try (RepeatedIds ids = new RepeatedIds(folder)) {
      for (int i = 0; i < 600_000; i++) {
        ids.id("id" + i);
      }
      ids.end();
      assertThat(ids.first()).isNull();
      assertThat(ids.replaced().isEmpty()).isTrue();
    }
  }

  private void assertFound(int rows, int different, Random random) throws IOException {
    BitSet replaced = new BitSet();
    RepeatedIds.Repetition first = null;
    Map<String, Integer> latest = new HashMap<>();
    try (RepeatedIds ids = new RepeatedIds(folder)) {
      for (int row = 0; row < rows; row++) {
        String id = "id" + random.nextInt(different);
        Integer earlier = latest.put(id, row);
        if (earlier != null) {
          replaced.set(earlier);
          first = first == null ? new RepeatedIds.Repetition(row, earlier) : first;
        }
        ids.id(id);
      }
      ids.end();
      assertThat(ids.replaced()).isEqualTo(replaced);
      assertThat(ids.first()).isEqualTo(first);
    }
  }
}
