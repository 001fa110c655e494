package io.fedflow.testkit.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.federation.Envelope;
import io.fedflow.federation.FederationLink;
import io.fedflow.testkit.stage.Await;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A task's thread that delivers one envelope. */
final class Sender {

  private final Thread thread;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Sender(FederationLink link, Envelope envelope) {
    this.thread =
        new Thread(
            () -> {
              try {
                link.deliver(envelope);
              } catch (Throwable thrown) {
                failure.set(thrown);
              }
            },
            "sender");
  }

  static Sender start(FederationLink link, Envelope envelope) {
    Sender sender = new Sender(link, envelope);
    sender.thread.start();
    return sender;
  }

  /** Returns once the thread waits inside the link. */
  void awaitBlocked() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.SECONDS);
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(thread.isAlive()).as("the sender waits: %s", failure.get()).isTrue();
      assertThat(System.nanoTime()).as("the sender waits in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits for the end; null if it was delivered. */
  Throwable end() throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(Await.SECONDS));
    assertThat(thread.isAlive()).as("the sender hangs").isFalse();
    return failure.get();
  }
}
