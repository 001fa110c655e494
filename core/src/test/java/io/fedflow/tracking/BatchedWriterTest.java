package io.fedflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.fakes.Await;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchedWriterTest {

  private final List<List<Integer>> written = new ArrayList<>();
  private final ArrayDeque<CompletableFuture<Void>> answers = new ArrayDeque<>();
  private final BatchedWriter<Integer> slow =
      new BatchedWriter<>(
          batch -> {
            written.add(List.copyOf(batch));
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
          });

  @Test
  void whileOneBatchIsOnItsWayTheNextGathers() {
    slow.add(List.of(1));
    slow.add(List.of(2, 3));
    slow.add(List.of(4));
    assertThat(written).containsExactly(List.of(1));
    answers.poll().complete(null);
    assertThat(written).containsExactly(List.of(1), List.of(2, 3, 4));
    answers.poll().complete(null);
    assertThat(answers).isEmpty();
  }

  @Test
  void aFlushWaitsForEverythingBeforeIt() {
    assertThat(slow.flush()).isCompleted();
    slow.add(List.of(1));
    CompletableFuture<Void> first = slow.flush();
    slow.add(List.of(2));
    CompletableFuture<Void> second = slow.flush();
    assertThat(first).isNotDone();
    answers.poll().complete(null);
    assertThat(second).isNotDone();
    answers.poll().complete(null);
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
  }

  @Test
  void aFailedBatchFailsEveryLaterFlush() {
    IllegalStateException failure = new IllegalStateException("down");
    slow.add(List.of(1));
    slow.add(List.of(2));
    answers.poll().completeExceptionally(failure);
    assertThat(written).hasSize(2);
    answers.poll().complete(null);
    assertThatThrownBy(() -> slow.flush().join()).cause().isSameAs(failure);
    assertThatThrownBy(() -> slow.flush().join()).cause().isSameAs(failure);
  }

  @Test
  void aWriteThatThrowsIsAsOneThatFails() {
    IllegalStateException failure = new IllegalStateException("bug");
    BatchedWriter<Integer> throwing =
        new BatchedWriter<>(
            batch -> {
              throw failure;
            });
    throwing.add(List.of(1));
    throwing.add(List.of(2));
    assertThatThrownBy(() -> throwing.flush().join()).cause().isSameAs(failure);
  }

  @Test
  void nothingIsWrittenForNothing() {
    slow.add(List.of());
    assertThat(written).isEmpty();
    assertThat(slow.flush()).isCompleted();
  }

  @Test
  void aFlushDoesNotWaitForWhatComesAfterIt() {
    slow.add(List.of(1));
    CompletableFuture<Void> flush = slow.flush();
    for (int i = 2; i < 5; i++) {
      slow.add(List.of(i));
    }
    answers.poll().complete(null);
    assertThat(flush).isCompleted();
    assertThat(answers).hasSize(1);
  }

  @RepeatedTest(30)
  void manyThreadsLoseNothingAndKeepTheirOrder() {
    ExecutorService store = Executors.newSingleThreadExecutor();
    try {
      List<Integer> kept = Collections.synchronizedList(new ArrayList<>());
      BatchedWriter<Integer> writer =
          new BatchedWriter<>(batch -> CompletableFuture.runAsync(() -> kept.addAll(batch), store));
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int first = 1_000 * t;
        writers.add(
            CompletableFuture.runAsync(
                () -> addAndFlush(writer, first, kept), work -> new Thread(work).start()));
      }
      writers.forEach(Await::value);
      Await.value(writer.flush());
      for (int t = 0; t < 4; t++) {
        int thread = t;
        assertThat(kept.stream().filter(n -> n / 1_000 == thread))
            .containsExactlyElementsOf(
                IntStream.range(0, 200).mapToObj(i -> 1_000 * thread + i).toList());
      }
    } finally {
      store.shutdown();
    }
  }

  private static void addAndFlush(BatchedWriter<Integer> writer, int first, List<Integer> kept) {
    for (int i = 0; i < 200; i++) {
      writer.add(List.of(first + i));
      if (i % 50 == 0) {
        Await.value(writer.flush());
        assertThat(kept.contains(first + i)).isTrue();
      }
    }
  }
}
