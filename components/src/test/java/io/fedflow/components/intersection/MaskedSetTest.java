package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskLog;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedSetTest {

  private static final int WIDTH = 32;

  @TempDir private Path folder;

  /** A task that has a folder and lets anything be written into its log. */
  private KeyRoom room(int spillAbove) {
    TaskLog log = answering(TaskLog.class, Map.of());
    return new KeyRoom(
        answering(TaskContext.class, Map.of("scratch", folder, "log", log)), spillAbove);
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, given) -> answers.get(method.getName())));
  }

  /** The numbers that come out of a set into which 0, 1, … were put, by a few at a time. */
  private static List<Integer> given(MaskedSet set, int count) throws InterruptedException {
    Batches batches = new Batches(count);
    List<Integer> given = new ArrayList<>();
    try (set) {
      for (int at = 0; at < count; at += 7) {
        ByteBuffer message = ByteBuffer.allocate(1 + Math.min(7, count - at) * WIDTH).put((byte) 9);
        for (int i = at; message.hasRemaining(); i++) {
          message.putInt(i).position(message.position() + WIDTH - Integer.BYTES);
        }
        set.addMessage(message.array());
      }
      assertThat(set.count()).isEqualTo(count);
      set.giveMessagesTo(
          (batch, message) -> {
            assertThat(batch).isEqualTo(batches.batchOf(given.size()));
            assertThat(message).hasSize(1 + batches.sizeOf(batch) * WIDTH);
            assertThat(message[0]).isEqualTo((byte) 9);
            for (int at = 1; at < message.length; at += WIDTH) {
              given.add(ByteBuffer.wrap(message).getInt(at));
            }
          });
    }
    return given;
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "5,1", "100,1", "100,1000", "9000,1", "9000,4000", "9000,18000"})
  void elements_comeInTheirOrder_orInAnother(int count, int spillAbove) throws Exception {
    Integer[] all = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    assertThat(given(MaskedSet.inOrder(room(spillAbove), WIDTH, count), count))
        .containsExactly(all);
    List<Integer> shuffled =
        given(MaskedSet.shuffled(room(spillAbove), WIDTH, count, new SecureRandom()), count);
    assertThat(shuffled).containsExactlyInAnyOrder(all);
    if (count >= 100) {
      assertThat(shuffled).isNotEqualTo(List.of(all));
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** Each of the 24 orders of 4 elements comes 50 times, give or take more than 7 deviations. */
  @ParameterizedTest
  @CsvSource({"1", "1000"})
  void allOrders_areEquallyLikely(int spillAbove) throws Exception {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1200; i++) {
      counts.merge(
          given(MaskedSet.shuffled(room(spillAbove), WIDTH, 4, random), 4), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    assertThat(counts.values()).allMatch(n -> n < 100);
  }

  @Test
  void setOfWideElements_countsAsItsBytes() {
    assertThat(room(100).parts(50, WIDTH)).isInstanceOf(MemoryPart.class);
    try (Parts files = room(100).parts(51, WIDTH)) {
      assertThat(files).isInstanceOf(FileParts.class);
    }
  }
}
