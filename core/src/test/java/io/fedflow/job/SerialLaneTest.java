package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Plans;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SerialLaneTest {

  private final ArrayDeque<Runnable> queued = new ArrayDeque<>();
  private final SerialLane lane = new SerialLane(queued::add);

  private void runAll() {
    while (!queued.isEmpty()) {
      queued.poll().run();
    }
  }

  @Test
  void aStepBeginsWhenTheOneBeforeCompleted() {
    CompletableFuture<String> first = new CompletableFuture<>();
    List<String> begun = new ArrayList<>();
    CompletableFuture<String> one =
        lane.run(
            () -> {
              begun.add("one");
              return first;
            });
    CompletableFuture<String> two =
        lane.run(
            () -> {
              begun.add("two");
              return CompletableFuture.completedStage("second");
            });
    runAll();
    assertThat(begun).containsExactly("one");
    assertThat(two).isNotDone();
    first.complete("first");
    runAll();
    assertThat(begun).containsExactly("one", "two");
    assertThat(one).isCompletedWithValue("first");
    assertThat(two).isCompletedWithValue("second");
  }

  @Test
  void aFailedOrThrowingStepHoldsNobody() {
    IllegalStateException failure = new IllegalStateException("failed");
    CompletableFuture<Void> failed = lane.run(() -> CompletableFuture.failedStage(failure));
    CompletableFuture<Void> thrown =
        lane.run(
            () -> {
              throw failure;
            });
    CompletableFuture<Void> none = lane.run(() -> null);
    CompletableFuture<Integer> after = lane.run(() -> CompletableFuture.completedStage(1));
    runAll();
    assertThatThrownBy(failed::join).cause().isSameAs(failure);
    assertThatThrownBy(thrown::join).cause().isSameAs(failure);
    assertThat(none).isCompletedExceptionally();
    assertThat(after).isCompletedWithValue(1);
  }

  @Test
  void aListenerThatRunsAnotherStepDoesNotDeadlock() {
    CompletableFuture<Integer> nested = new CompletableFuture<>();
    lane.run(() -> CompletableFuture.completedStage(1))
        .thenAccept(
            one ->
                lane.run(() -> CompletableFuture.completedStage(one + 1))
                    .thenAccept(nested::complete));
    runAll();
    assertThat(nested).isCompletedWithValue(2);
  }

  private static JobInput input(String component) {
    return new JobInput.ForParty(Plans.HOST, new PartyEvent.StartAsked(Plans.task(component)));
  }

  @Test
  void aStepTakesThoseAlongThatWaitBehindItUntilOneDoesNotSuit() {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    List<JobInput> begun = new ArrayList<>();
    List<JobInput> taken = new ArrayList<>();
    CompletableFuture<Void> first =
        lane.run(
            input("a"),
            a -> {
              begun.add(a);
              while (lane.takeAlong(next -> !next.equals(input("d")) && taken.add(next))) {}
              return stored;
            });
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (String component : List.of("b", "c", "d")) {
      others.add(
          lane.run(
              input(component),
              own -> {
                begun.add(own);
                return CompletableFuture.completedStage(null);
              }));
    }
    runAll();
    assertThat(taken).containsExactly(input("b"), input("c"));
    assertThat(others).noneMatch(CompletableFuture::isDone);
    stored.complete(null);
    runAll();
    assertThat(first).isCompleted();
    assertThat(others).allMatch(CompletableFuture::isDone);
    assertThat(begun).containsExactly(input("a"), input("d"));
  }

  @Test
  void whatWasTakenAlongFailsWithItsStep() {
    IllegalStateException failure = new IllegalStateException("not stored");
    lane.run(
        input("a"),
        a -> {
          lane.takeAlong(next -> true);
          return CompletableFuture.failedStage(failure);
        });
    CompletableFuture<Void> along =
        lane.run(input("b"), b -> CompletableFuture.completedStage(null));
    CompletableFuture<Void> after =
        lane.run(input("c"), c -> CompletableFuture.completedStage(null));
    runAll();
    assertThatThrownBy(along::join).cause().isSameAs(failure);
    assertThat(after).isCompleted();
  }

  @Test
  void aStepThatIsNoEventIsNotTakenAlong() {
    List<Boolean> took = new ArrayList<>();
    lane.run(
        input("a"),
        a -> {
          took.add(lane.takeAlong(next -> true));
          return CompletableFuture.completedStage(null);
        });
    CompletableFuture<Integer> plain = lane.run(() -> CompletableFuture.completedStage(1));
    lane.run(input("b"), b -> CompletableFuture.completedStage(null));
    runAll();
    assertThat(took).containsExactly(false);
    assertThat(plain).isCompletedWithValue(1);
  }

  @Test
  void closingFailsWhatDidNotBegin() {
    CompletableFuture<String> never = new CompletableFuture<>();
    CompletableFuture<String> begun = lane.run(() -> never);
    runAll();
    CompletableFuture<Integer> waiting = lane.run(() -> CompletableFuture.completedStage(1));
    FedflowException why = FedflowException.cancelled("closed");
    lane.close(why);
    lane.close(FedflowException.cancelled("closed again"));
    CompletableFuture<Integer> later = lane.run(() -> CompletableFuture.completedStage(1));
    assertThat(Await.failure(waiting)).isSameAs(why);
    assertThat(Await.failure(later)).isSameAs(why);
    never.complete("it still ends");
    assertThat(begun).isCompletedWithValue("it still ends");
    assertThat(queued).isEmpty();
  }

  @Test
  void isClosedOnlyWhileNothingRunsOrWaits() {
    RuntimeException why = new IllegalStateException("left");
    CompletableFuture<Integer> running = new CompletableFuture<>();
    AtomicInteger idles = new AtomicInteger();
    SerialLane ending = new SerialLane(queued::add, failure -> {}, idles::incrementAndGet);
    ending.run(() -> running);
    assertThat(ending.closeIfIdle(why, () -> true)).isFalse();
    queued.poll().run();
    assertThat(ending.closeIfIdle(why, () -> true)).isFalse();
    assertThat(idles).hasValue(0);
    running.complete(1);
    assertThat(idles).hasValue(1);
    assertThat(ending.closeIfIdle(why, () -> false)).isFalse();
    assertThat(ending.closeIfIdle(why, () -> true)).isTrue();
    assertThat(ending.run(() -> CompletableFuture.completedStage(2)))
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCause(why);
  }

  @Test
  void anExecutorThatEndedFailsEveryStep() {
    AtomicInteger left = new AtomicInteger(1);
    ArrayDeque<Runnable> accepted = new ArrayDeque<>();
    SerialLane ending =
        new SerialLane(
            work -> {
              if (left.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("ended");
              }
              accepted.add(work);
            });
    CompletableFuture<Integer> first = ending.run(() -> CompletableFuture.completedStage(1));
    CompletableFuture<Integer> second = ending.run(() -> CompletableFuture.completedStage(2));
    CompletableFuture<Integer> third = ending.run(() -> CompletableFuture.completedStage(3));
    accepted.poll().run();
    assertThat(first).isCompletedWithValue(1);
    assertThat(Await.failure(second).code()).isEqualTo("site.closed");
    assertThat(Await.failure(third).code()).isEqualTo("site.closed");
    assertThat(Await.failure(ending.run(() -> CompletableFuture.completedStage(4))).code())
        .isEqualTo("site.closed");
  }

  @RepeatedTest(20)
  void manyThreadsGetOneStepAtATime() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    ExecutorService answers = Executors.newSingleThreadExecutor();
    try {
      SerialLane busy = new SerialLane(pool);
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger overlaps = new AtomicInteger();
      List<CompletableFuture<Integer>> results = new ArrayList<>();
      CountDownLatch submitted = new CountDownLatch(4);
      for (int thread = 0; thread < 4; thread++) {
        List<CompletableFuture<Integer>> own = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          own.add(new CompletableFuture<>());
        }
        results.addAll(own);
        new Thread(
                () -> {
                  for (CompletableFuture<Integer> result : own) {
                    busy.run(
                            () -> {
                              if (inside.incrementAndGet() > 1) {
                                overlaps.incrementAndGet();
                              }
                              return CompletableFuture.supplyAsync(
                                  inside::decrementAndGet, answers);
                            })
                        .thenAccept(result::complete);
                  }
                  submitted.countDown();
                })
            .start();
      }
      submitted.await();
      results.forEach(result -> assertThat(Await.value(result)).isZero());
      assertThat(overlaps).hasValue(0);
    } finally {
      pool.shutdown();
      answers.shutdown();
    }
  }

  @RepeatedTest(50)
  void closingAmidManyStepsLeavesNoneOpen() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      SerialLane busy = new SerialLane(pool);
      List<CompletableFuture<Integer>> results = new ArrayList<>();
      Thread closer = new Thread(() -> busy.close(FedflowException.cancelled("closed")));
      for (int i = 0; i < 200; i++) {
        if (i == 100) {
          closer.start();
        }
        results.add(busy.run(() -> CompletableFuture.supplyAsync(() -> 1, pool)));
      }
      results.forEach(result -> Await.value(result.handle((ok, failed) -> "over")));
    } finally {
      pool.shutdown();
    }
  }
}
