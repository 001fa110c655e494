package io.fedflow.federation;

import static io.fedflow.fakes.Plans.ARBITER;
import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static io.fedflow.fakes.Plans.JOB;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Refusals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MailboxesTest {

  private static final long LONG = TimeUnit.SECONDS.toNanos(30);
  private static final TaskId TASK = task("a");

  private final Mailboxes mailboxes = new Mailboxes();

  private static Envelope envelope(int number) {
    return new Envelope(TASK, HOST, GUEST, MessageTag.of("word", number), Payload.ofLongs(number));
  }

  private long take(int number) throws InterruptedException {
    return mailboxes.take(envelope(number).key(), LONG).asLongs()[0];
  }

  /** Takes on a thread of its own. */
  private static <T> Taker<T> on(Callable<T> work) {
    Taker<T> taker = new Taker<>(work);
    taker.thread.start();
    return taker;
  }

  private static final class Taker<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;

    Taker(Callable<T> work) {
      thread =
          new Thread(
              () -> {
                try {
                  result.complete(work.call());
                } catch (Exception failed) {
                  result.completeExceptionally(failed);
                }
              });
    }

    Taker<T> awaitWaiting() {
      Await.until("the thread waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
      return this;
    }
  }

  @Test
  void aMessageWaitsForItsReceiver() throws InterruptedException {
    mailboxes.deliver(envelope(2));
    mailboxes.deliver(envelope(1));
    assertThat(mailboxes.pending()).isEqualTo(2);
    assertThat(take(1)).isEqualTo(1);
    assertThat(take(2)).isEqualTo(2);
    assertThat(mailboxes.pending()).isZero();
  }

  @RepeatedTest(20)
  void aReceiverWaitsForItsMessage() {
    Taker<Long> taker = on(() -> take(1)).awaitWaiting();
    mailboxes.deliver(envelope(2));
    mailboxes.deliver(envelope(1));
    assertThat(Await.value(taker.result)).isEqualTo(1);
  }

  @Test
  void aMessageThatComesTwiceIsTakenOnce() throws InterruptedException {
    mailboxes.deliver(envelope(1));
    mailboxes.deliver(envelope(1));
    take(1);
    mailboxes.deliver(envelope(1));
    assertThat(mailboxes.pending()).isZero();
    assertThatThrownBy(() -> mailboxes.take(envelope(1).key(), 0))
        .isInstanceOf(FedflowException.class);
  }

  @Test
  void everyPartOfTheKeyCounts() {
    mailboxes.deliver(envelope(1));
    List<Envelope.Key> others =
        List.of(
            new Envelope.Key(new TaskId(JOB, "a", 1), HOST, GUEST, MessageTag.of("word", 1)),
            new Envelope.Key(TASK, ARBITER, GUEST, MessageTag.of("word", 1)),
            new Envelope.Key(TASK, HOST, ARBITER, MessageTag.of("word", 1)),
            new Envelope.Key(TASK, HOST, GUEST, MessageTag.of("word", 1, 1)),
            new Envelope.Key(TASK, HOST, GUEST, MessageTag.of("other", 1)));
    for (Envelope.Key other : others) {
      FedflowException refusal = Refusals.of(() -> mailboxes.take(other, 0), other.toString());
      assertThat(refusal.code()).isEqualTo("federation.timeout");
      assertThat(refusal.kind()).isEqualTo(FailureKind.PEER);
    }
    assertThat(mailboxes.pending()).isEqualTo(1);
  }

  @RepeatedTest(20)
  void aFailureEndsPresentAndFutureWaits() {
    Taker<Long> taker = on(() -> take(1)).awaitWaiting();
    FedflowException reason = FedflowException.peer("peer.failed", "host:2 broke");
    mailboxes.fail(TASK, GUEST, reason);
    mailboxes.fail(TASK, GUEST, FedflowException.cancelled("too late"));
    assertThat(Await.failure(taker.result)).isSameAs(reason);
    assertThatThrownBy(() -> take(2)).isSameAs(reason);
  }

  @Test
  void whatArrivedBeforeAFailureIsStillTaken() throws InterruptedException {
    mailboxes.deliver(envelope(1));
    mailboxes.fail(TASK, GUEST, FedflowException.peer("peer.failed", "host:2 broke"));
    assertThat(take(1)).isEqualTo(1);
  }

  @RepeatedTest(20)
  void anInterruptEndsAWait() throws Exception {
    Taker<Long> taker = on(() -> take(1)).awaitWaiting();
    taker.thread.interrupt();
    Throwable failure = Await.value(taker.result.handle((ok, failed) -> failed));
    assertThat(failure).isInstanceOf(InterruptedException.class);
    mailboxes.deliver(envelope(1));
    assertThat(take(1)).isEqualTo(1);
  }

  @Test
  void aClosedBoxTakesNothingAndReleasesItsWaits() {
    mailboxes.deliver(envelope(1));
    Taker<Long> taker = on(() -> take(2)).awaitWaiting();
    mailboxes.close(TASK, GUEST);
    assertThat(Await.failure(taker.result).kind()).isEqualTo(FailureKind.CANCELLED);
    mailboxes.deliver(envelope(3));
    assertThat(mailboxes.pending()).isZero();
  }

  @Test
  void aForgottenJobTakesNothingAndReleasesItsWaits() throws InterruptedException {
    mailboxes.deliver(envelope(1));
    Envelope other =
        new Envelope(
            new TaskId("other", "a", 0), HOST, GUEST, MessageTag.of("word"), Payload.ofLongs(9));
    mailboxes.deliver(other);
    Taker<Long> taker = on(() -> take(2)).awaitWaiting();
    mailboxes.acceptOnly("other"::equals);
    mailboxes.forget(JOB);
    assertThat(Await.failure(taker.result).kind()).isEqualTo(FailureKind.CANCELLED);
    mailboxes.deliver(envelope(3));
    assertThat(mailboxes.pending()).isEqualTo(1);
    assertThat(mailboxes.take(other.key(), LONG).asLongs()).containsExactly(9);
  }

  @Test
  void aMessageOfAJobThatTakesNoneIsIgnored() throws InterruptedException {
    List<String> live = new ArrayList<>();
    mailboxes.acceptOnly(live::contains);
    mailboxes.deliver(envelope(1));
    assertThat(mailboxes.pending()).isZero();
    live.add(JOB);
    mailboxes.deliver(envelope(1));
    assertThat(take(1)).isEqualTo(1);
  }

  @RepeatedTest(10)
  void noMessageIsLostBetweenManyThreads() {
    int count = 500;
    List<Taker<Long>> takers = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    for (int part = 0; part < 4; part++) {
      int first = part;
      takers.add(
          on(
              () -> {
                long sum = 0;
                for (int i = first; i < count; i += 4) {
                  sum += take(i);
                }
                return sum;
              }));
    }
    Collections.shuffle(numbers, new Random(1));
    List<Taker<Void>> senders = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      int first = part;
      senders.add(
          on(
              () -> {
                for (int i = first; i < count; i += 3) {
                  mailboxes.deliver(envelope(numbers.get(i)));
                }
                return null;
              }));
    }
    senders.forEach(sender -> Await.value(sender.result));
    long sum = takers.stream().mapToLong(taker -> Await.value(taker.result)).sum();
    assertThat(sum).isEqualTo((long) count * (count - 1) / 2);
    assertThat(mailboxes.pending()).isZero();
  }
}
