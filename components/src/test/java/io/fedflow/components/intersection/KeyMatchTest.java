package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMatchTest {

  @TempDir private Path folder;

  /** A task of which a match asks whether it was stopped, and nothing else. */
  private final TaskContext context =
      (TaskContext)
          Proxy.newProxyInstance(
              TaskContext.class.getClassLoader(),
              new Class<?>[] {TaskContext.class},
              (proxy, method, given) -> {
                if (method.getName().equals("checkStopped")) {
                  if (Thread.interrupted()) {
                    throw new InterruptedException("stopped");
                  }
                  return null;
                }
                throw new AssertionError(method);
              });

  private SpilledMatch spilled(int partitions) {
    return new SpilledMatch(context, folder, partitions);
  }

  /** Keys of both sides, some in common; a few twice if that is wanted. */
  private record Case(List<long[]> theirs, List<long[]> own) {

    static Case random(Random random, int theirs, int own, boolean twice) {
      List<long[]> all = new ArrayList<>();
      for (int i = 0; i < theirs + own; i++) {
        // Half of them differ in the lower half of the key only.
        all.add(new long[] {i % 2 == 0 ? 5 : random.nextLong(), random.nextLong()});
      }
      List<long[]> first = new ArrayList<>(all.subList(0, theirs));
      List<long[]> second = new ArrayList<>(all.subList(theirs / 2, theirs / 2 + own));
      if (twice) {
        first.add(first.get(random.nextInt(theirs)));
        second.add(second.get(0));
        second.add(second.get(0));
      }
      Collections.shuffle(first, random);
      Collections.shuffle(second, random);
      return new Case(first, second);
    }

    KeyMatch.Positions by(KeyMatch match, int batch) throws InterruptedException {
      try (match) {
        // Batches of both sides in turn, as messages come.
        for (int at = 0; at < Math.max(theirs.size(), own.size()); at += batch) {
          match.addTheirs(bytes(theirs, at, batch));
          match.addOwn(bytes(own, at, batch));
        }
        return match.positions();
      }
    }

    private static byte[] bytes(List<long[]> keys, int from, int count) {
      int to = Math.min(keys.size(), from + count);
      ByteBuffer out = ByteBuffer.allocate(Math.max(0, to - from) * KeyIndex.WIDTH);
      for (int i = from; i < to; i++) {
        out.putLong(keys.get(i)[0]).putLong(keys.get(i)[1]);
      }
      return out.array();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,2", "10,3,2", "3,10,4", "1000,1000,16", "5000,200,8", "200,5000,256"})
  void spilled_findsWhatMemoryFinds(int theirs, int own, int partitions) throws Exception {
    for (long seed = 0; seed < 8; seed++) {
      Case some = Case.random(new Random(seed), theirs, own, false);
      KeyMatch.Positions memory = some.by(new MemoryMatch(theirs, own), 7);
      KeyMatch.Positions spilled = some.by(spilled(partitions), 7);
      assertThat(spilled.of()).as("seed %s", seed).containsExactly(memory.of());
      assertThat(spilled.theirsTwice()).isEqualTo(memory.theirsTwice()).isEqualTo(-1);
      assertThat(spilled.ownTwice()).isEqualTo(memory.ownTwice()).isEqualTo(-1);
      for (int i = 0; i < own; i++) {
        int at = spilled.of()[i];
        assertThat(at < 0 || java.util.Arrays.equals(some.theirs.get(at), some.own.get(i)))
            .isTrue();
      }
      assertThat(java.util.Arrays.stream(spilled.of()).filter(at -> at >= 0).count())
          .isEqualTo(Math.min(own, theirs - theirs / 2));
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void keysThatComeTwice_areNamedByTheSamePosition() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      Case some = Case.random(new Random(seed), 300, 200, true);
      KeyMatch.Positions memory = some.by(new MemoryMatch(301, 202), 50);
      KeyMatch.Positions spilled = some.by(spilled(8), 50);
      assertThat(spilled.theirsTwice()).isEqualTo(memory.theirsTwice()).isNotNegative();
      Case own = new Case(some.theirs.stream().distinct().toList(), some.own);
      KeyMatch.Positions inMemory = own.by(new MemoryMatch(300, 202), 50);
      assertThat(own.by(spilled(8), 50).ownTwice()).isEqualTo(inMemory.ownTwice()).isNotNegative();
    }
  }

  @Test
  void files_areForTheirOwnerOnly_andGoWithTheMatch() throws Exception {
    SpilledMatch match = spilled(4);
    Case some = Case.random(new Random(1), 5000, 100, false);
    match.addTheirs(Case.bytes(some.theirs, 0, 5000));
    assertThat(files()).hasSize(4);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      for (Path file : files()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
    match.close();
    assertThat(files()).isEmpty();
    match.close();
  }

  @Test
  void stoppedWhileItCompares_endsAndLeavesNothing() throws Exception {
    Case some = Case.random(new Random(2), 500, 500, false);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> some.by(spilled(4), 100)).isInstanceOf(InterruptedException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void diskThatFails_isNamed() throws Exception {
    SpilledMatch match = spilled(2);
    Files.delete(folder);
    assertThatThrownBy(() -> match.addOwn(new byte[KeyIndex.WIDTH]))
        .is(io.fedflow.components.testing.Failures.code("intersection.spill"))
        .hasMessageContaining("spill_above");
    match.close();
    Files.createDirectory(folder);
  }

  @Test
  void partitions_areAsManyAsMemoryAsksFor() {
    assertThat(KeyRoom.partitions(2, 1)).isEqualTo(4);
    assertThat(KeyRoom.partitions(2_000_001, 2_000_000)).isEqualTo(2);
    assertThat(KeyRoom.partitions(4_000_000, 2_000_000)).isEqualTo(4);
    assertThat(KeyRoom.partitions(40_000_000, 2_000_000)).isEqualTo(64);
    assertThat(KeyRoom.partitions(200_000_000, 1000)).isEqualTo(256);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
