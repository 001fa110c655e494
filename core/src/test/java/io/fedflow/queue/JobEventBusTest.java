package io.fedflow.queue;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Await;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.HastyTimer;
import io.fedflow.memory.MemoryStores;
import io.fedflow.memory.ThreadTimers;
import io.fedflow.spi.StoreTurn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobEventBusTest {

  private final FlakyJobStore store = new FlakyJobStore(MemoryStores.create().jobs());
  private final HastyTimer timer = new HastyTimer();
  private final JobEventBus bus = new JobEventBus(store, new ThreadTimers(timer));
  private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());
  private final Consumer<JobEvent> notes = event -> seen.add(event.sequence());

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  private static JobEvent event(long sequence) {
    return new JobEvent(JOB, sequence, 0, GUEST, "job.status", "", Map.of("status", "running"));
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private void keep(List<JobEvent> events) {
    Await.value(store.commit(new StoreTurn(JOB, List.of(), List.of(), Optional.empty(), events)));
  }

  /** Stores and publishes events, as the engine does. */
  private void happen(long from, long to) {
    List<JobEvent> events =
        LongStream.rangeClosed(from, to).mapToObj(JobEventBusTest::event).toList();
    keep(events);
    bus.publish(JOB, events);
  }

  @Test
  void storedEventsComeFirstThenTheNewOnes() {
    happen(1, 3);
    bus.follow(JOB, 0, notes);
    happen(4, 5);
    assertThat(seen).isEqualTo(upTo(5));
  }

  @Test
  void followsFromASequenceOn() {
    happen(1, 5);
    bus.follow(JOB, 3, notes);
    happen(6, 6);
    assertThat(seen).containsExactly(4L, 5L, 6L);
  }

  @Test
  void moreThanAPageIsReplayed() {
    happen(1, 2_500);
    bus.follow(JOB, 0, notes);
    assertThat(seen).isEqualTo(upTo(2_500));
  }

  @Test
  void oneThatEndsItsFollowingHearsNothingMore() throws Exception {
    AutoCloseable following = bus.follow(JOB, 0, notes);
    bus.follow(JOB, 0, event -> {});
    happen(1, 1);
    following.close();
    following.close();
    happen(2, 2);
    assertThat(seen).containsExactly(1L);
  }

  @Test
  void oneMayEndItsFollowingFromWithin() {
    AutoCloseable[] following = new AutoCloseable[1];
    following[0] =
        bus.follow(
            JOB,
            0,
            event -> {
              notes.accept(event);
              close(following[0]);
            });
    happen(1, 1);
    happen(2, 2);
    assertThat(seen).containsExactly(1L);
  }

  private static void close(AutoCloseable following) {
    try {
      following.close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void otherJobsAreOtherJobs() {
    bus.follow("other", 0, notes);
    happen(1, 2);
    assertThat(seen).isEmpty();
  }

  @Test
  void oneThrowingFollowerDoesNotKeepEventsFromOthersOrFromItself() {
    bus.follow(
        JOB,
        0,
        event -> {
          notes.accept(event);
          throw new IllegalStateException("bad");
        });
    List<Long> other = new ArrayList<>();
    bus.follow(JOB, 0, event -> other.add(event.sequence()));
    happen(1, 3);
    assertThat(seen).isEqualTo(upTo(3));
    assertThat(other).isEqualTo(upTo(3));
  }

  @Test
  void aStoreThatIsDownWhenTheFollowingBeginsLosesNothing() {
    happen(1, 3);
    store.failReads(2);
    bus.follow(JOB, 0, notes);
    happen(4, 4);
    Await.until("all came", () -> seen.size() == 4);
    assertThat(seen).isEqualTo(upTo(4));
    happen(5, 5);
    assertThat(seen).isEqualTo(upTo(5));
  }

  @RepeatedTest(30)
  void whoeverComesAmidTheEventsGetsEachOnceInOrder() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread happening =
        new Thread(
            () -> {
              for (int i = 1; i <= 300; i++) {
                happen(i, i);
                if (i == 100) {
                  begun.countDown();
                }
              }
            });
    happening.start();
    begun.await();
    List<List<Long>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      List<Long> own = Collections.synchronizedList(new ArrayList<>());
      all.add(own);
      bus.follow(JOB, 0, event -> own.add(event.sequence()));
    }
    happening.join();
    all.forEach(own -> assertThat(own).isEqualTo(upTo(300)));
  }

  @Test
  void aSlowFollowerHoldsUpNobodyAndReadsWhatItMissedFromTheStore() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CompletableFuture<Void> leave = new CompletableFuture<>();
    List<Long> other = Collections.synchronizedList(new ArrayList<>());
    bus.follow(JOB, 0, event -> other.add(event.sequence()));
    bus.follow(
        JOB,
        0,
        event -> {
          notes.accept(event);
          entered.countDown();
          Await.value(leave);
        });
    CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> happen(1, 1));
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    store.countReads();
    happen(2, 2_500);
    assertThat(other).isEqualTo(upTo(2_500));
    assertThat(seen).containsExactly(1L);
    assertThat(store.reads()).isZero();
    leave.complete(null);
    Await.value(slow);
    assertThat(seen).isEqualTo(upTo(2_500));
    assertThat(store.reads()).as("pages read again").isEqualTo(3);
    happen(2_501, 2_501);
    assertThat(seen).isEqualTo(upTo(2_501));
    assertThat(store.reads()).as("it keeps up again").isEqualTo(3);
  }

  @Test
  void goesOnAfterEventsThatWereDropped() {
    happen(1, 5);
    Await.value(store.dropEvents(JOB, 4));
    bus.follow(JOB, 0, notes);
    happen(6, 6);
    assertThat(seen).containsExactly(5L, 6L);
    // Published, but gone before anybody could read them.
    bus.publish(JOB, List.of(event(9)));
    happen(10, 10);
    assertThat(seen).containsExactly(5L, 6L, 10L);
  }

  @Test
  void endsInTheMidstOfAPage() {
    happen(1, 10);
    AutoCloseable[] following = new AutoCloseable[1];
    bus.follow("other", 0, event -> {});
    CompletableFuture<Void> page = new CompletableFuture<>();
    store.delayReads(page);
    following[0] =
        bus.follow(
            JOB,
            0,
            event -> {
              notes.accept(event);
              if (event.sequence() == 3) {
                close(following[0]);
              }
            });
    page.complete(null);
    assertThat(seen).containsExactly(1L, 2L, 3L);
  }

  @RepeatedTest(30)
  void oneThatComesWhileTheLastGoesIsKept() {
    for (long sequence = 1; sequence <= 50; sequence++) {
      AutoCloseable last = bus.follow(JOB, sequence - 1, event -> {});
      CompletableFuture<Void> going = CompletableFuture.runAsync(() -> close(last));
      List<Long> own = Collections.synchronizedList(new ArrayList<>());
      AutoCloseable coming = bus.follow(JOB, sequence - 1, event -> own.add(event.sequence()));
      Await.value(going);
      happen(sequence, sequence);
      assertThat(own).containsExactly(sequence);
      close(coming);
    }
  }
}
