package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.ManualTime;
import io.fedflow.fakes.Refusals;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreRetriesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ManualTime time = new ManualTime();
  private final StoreRetries retries = new StoreRetries(time, time, PATIENCE);
  private final AtomicInteger tries = new AtomicInteger();

  private CompletionStage<String> downUntil(int good) {
    return tries.incrementAndGet() < good
        ? CompletableFuture.failedStage(FlakyJobStore.down())
        : CompletableFuture.completedStage("stored");
  }

  private String blockingUntil(int good, FedflowException failure) {
    if (tries.incrementAndGet() < good) {
      throw failure;
    }
    return "stored";
  }

  @Test
  void aStageIsTriedAgainUntilTheStoreIsBack() {
    CompletableFuture<String> stored = retries.run(() -> downUntil(4)).toCompletableFuture();
    time.pass(50 + 100);
    assertThat(stored).isNotDone();
    time.pass(200);
    assertThat(stored).isCompletedWithValue("stored");
    assertThat(tries).hasValue(4);
  }

  @Test
  void aStageFailsWhenPatienceIsOver() {
    CompletableFuture<String> stored = retries.run(() -> downUntil(9_999)).toCompletableFuture();
    time.pass(PATIENCE.toMillis() - 5_000);
    assertThat(stored).isNotDone();
    time.pass(10_000);
    assertThat(Await.failure(stored).code()).isEqualTo("store.down");
    assertThat(time.pause()).isNegative();
  }

  @Test
  void aStageThatIsRefusedIsNotTriedAgain() {
    CompletionStage<String> refused =
        retries.run(() -> CompletableFuture.failedStage(FlakyJobStore.conflict()));
    assertThat(Await.failure(refused).code()).isEqualTo("store.revision");
    assertThat(time.pause()).isNegative();
  }

  @Test
  void aThreadWaitsUntilTheStoreIsBack() {
    assertThat(retries.call(() -> blockingUntil(3, FlakyJobStore.down()))).isEqualTo("stored");
    assertThat(tries).hasValue(3);
  }

  @Test
  void aThreadWhoseWorkIsRefusedDoesNotWait() {
    FedflowException refusal = FlakyJobStore.conflict();
    assertThat(Refusals.of(() -> retries.call(() -> blockingUntil(3, refusal)), "refused"))
        .isSameAs(refusal);
    assertThat(tries).hasValue(1);
  }

  @Test
  void whoRetriesNothingFailsAtOnce() {
    FedflowException down = FlakyJobStore.down();
    StoreRetries none = StoreRetries.none();
    assertThat(Refusals.of(() -> none.call(() -> blockingUntil(3, down)), "down")).isSameAs(down);
    assertThat(Await.failure(none.run(() -> downUntil(3))).code()).isEqualTo("store.down");
  }

  @Test
  void aClosedSiteLetsItsThreadsGo() {
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(
            () -> retries.call(() -> blockingUntil(Integer.MAX_VALUE, FlakyJobStore.down())),
            work -> new Thread(work).start());
    Await.until("it was tried", () -> tries.get() > 1);
    retries.close();
    assertThat(Await.failure(waiting).code()).isEqualTo("site.closed");
  }

  @Test
  void anInterruptEndsAPause() {
    Thread.currentThread().interrupt();
    FedflowException stopped =
        Refusals.of(
            () -> retries.call(() -> blockingUntil(3, FlakyJobStore.down())), "interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped).hasMessageContaining("stopped while it waited for the store");
  }
}
