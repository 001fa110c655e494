package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedDigestsTest {

  @TempDir private Path folder;

  private Parts parts(int parts, int count) {
    return parts == 1
        ? new MemoryPart(KeyIndex.WIDTH, count)
        : new FileParts(folder, parts, KeyIndex.WIDTH);
  }

  /** Some agree in their first 4 or 15 bytes; no two in all. */
  private static List<byte[]> digests(Random random, int count) {
    List<byte[]> digests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] digest = new byte[KeyIndex.WIDTH];
      random.nextBytes(digest);
      if (i % 3 == 1) {
        System.arraycopy(digests.get(i - 1), 0, digest, 0, 4);
      } else if (i % 3 == 2) {
        System.arraycopy(digests.get(i - 1), 0, digest, 0, 15);
        digest[15] = (byte) (digests.get(i - 1)[15] + 1);
      }
      digests.add(digest);
    }
    return digests;
  }

  @ParameterizedTest
  @CsvSource({
    "1,0", "2,0", "1,1", "4,1", "1,500", "2,500", "256,500", "1,9000", "8,9000", "4,8192"
  })
  void digests_comeInAscendingOrder_withWhereTheyCameFrom(int parts, int count) throws Exception {
    List<byte[]> digests = digests(new Random(count), count);
    int[] expected =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(digests.get(a), digests.get(b)))
            .mapToInt(i -> i)
            .toArray();
    List<byte[]> given = new ArrayList<>();
    int[] order;
    try (SortedDigests sorted = new SortedDigests(parts(parts, count))) {
      digests.forEach(sorted::add);
      order =
          sorted.giveTo(
              (batch, some) -> {
                Batches batches = new Batches(count);
                assertThat(batch).isEqualTo(batches.batchOf(given.size()));
                assertThat(some).hasSize(batches.sizeOf(batch) * KeyIndex.WIDTH);
                for (int at = 0; at < some.length; at += KeyIndex.WIDTH) {
                  given.add(Arrays.copyOfRange(some, at, at + KeyIndex.WIDTH));
                }
              });
    }
    assertThat(order).containsExactly(expected);
    assertThat(given).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(given.get(i)).containsExactly(digests.get(expected[i]));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"1", "16"})
  void digestThatComesTwice_isRefused(int parts) {
    List<byte[]> digests = digests(new Random(7), 100);
    digests.add(30, digests.get(80));
    try (SortedDigests sorted = new SortedDigests(parts(parts, 101))) {
      digests.forEach(sorted::add);
      assertThatThrownBy(() -> sorted.giveTo((batch, some) -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("twice");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takerThatFails_leavesNothing() {
    SortedDigests sorted = new SortedDigests(parts(16, 0));
    digests(new Random(8), 5000).forEach(sorted::add);
    assertThatThrownBy(
            () -> {
              try (sorted) {
                sorted.giveTo(
                    (batch, some) -> {
                      throw new InterruptedException("stopped");
                    });
              }
            })
        .isInstanceOf(InterruptedException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
