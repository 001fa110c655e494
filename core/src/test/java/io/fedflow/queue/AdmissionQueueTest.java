package io.fedflow.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.fakes.Await;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionQueueTest {

  private final List<String> admitted = new ArrayList<>();

  private void enter(AdmissionQueue queue, String... jobs) {
    for (String job : jobs) {
      queue.enter(job, () -> admitted.add(job));
    }
  }

  @Test
  void firstComeFirstServed() {
    AdmissionQueue queue = new AdmissionQueue(2, InstantSource.system());
    enter(queue, "a", "b", "c", "d");
    assertThat(admitted).containsExactly("a", "b");
    assertThat(queue.running()).containsExactly("a", "b");
    assertThat(queue.waiting()).containsExactly("c", "d");
    queue.leave("b");
    assertThat(admitted).containsExactly("a", "b", "c");
    queue.leave("a");
    queue.leave("c");
    queue.leave("d");
    assertThat(admitted).containsExactly("a", "b", "c", "d");
    assertThat(queue.running()).isEmpty();
    assertThat(queue.capacity()).isEqualTo(2);
  }

  @Test
  void enteringAgainIsWithoutEffect() {
    AdmissionQueue queue = new AdmissionQueue(1, InstantSource.system());
    enter(queue, "a", "a", "b", "b");
    assertThat(queue.waiting()).containsExactly("b");
    queue.leave("a");
    queue.leave("b");
    assertThat(admitted).containsExactly("a", "b");
    queue.leave("unknown");
    enter(queue, "a");
    assertThat(admitted).containsExactly("a", "b", "a");
  }

  @Test
  void aWaitingJobMayLeave() {
    AdmissionQueue queue = new AdmissionQueue(1, InstantSource.system());
    enter(queue, "a", "b", "c");
    queue.leave("b");
    queue.leave("a");
    assertThat(admitted).containsExactly("a", "c");
  }

  @Test
  void oneThatCannotStartDoesNotKeepTheNextFromStarting() {
    AdmissionQueue queue = new AdmissionQueue(3, InstantSource.system());
    queue.enter(
        "bad",
        () -> {
          throw new IllegalStateException("cannot start");
        });
    enter(queue, "b");
    assertThat(admitted).containsExactly("b");
    queue.leave("bad");
    assertThat(queue.running()).containsExactly("b");
  }

  @Test
  void oneMayLeaveWhileItIsAdmitted() {
    AdmissionQueue queue = new AdmissionQueue(1, InstantSource.system());
    queue.enter("brief", () -> queue.leave("brief"));
    enter(queue, "next");
    assertThat(admitted).containsExactly("next");
  }

  @Test
  void somebodyMustBeAllowedToRun() {
    assertThatThrownBy(() -> new AdmissionQueue(0, InstantSource.system()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @RepeatedTest(20)
  void manyThreadsNeverExceedTheCapacityAndAllGetTheirTurn() throws InterruptedException {
    AdmissionQueue queue = new AdmissionQueue(3, InstantSource.system());
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<String> served = ConcurrentHashMap.newKeySet();
    int threads = 4;
    int jobs = 100;
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      int thread = t;
      new Thread(
              () -> {
                for (int i = 0; i < jobs; i++) {
                  String job = thread + "." + i;
                  queue.enter(
                      job,
                      () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        new Thread(
                                () -> {
                                  inside.decrementAndGet();
                                  served.add(job);
                                  queue.leave(job);
                                })
                            .start();
                      });
                }
                done.countDown();
              })
          .start();
    }
    done.await();
    Await.until("all were served", () -> served.size() == threads * jobs);
    Await.until("all left", () -> queue.running().isEmpty());
    assertThat(most.get()).isLessThanOrEqualTo(3);
    assertThat(queue.waiting()).isEmpty();
  }
}
