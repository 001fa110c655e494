package io.fedflow.testkit.link;

import static io.fedflow.testkit.link.LinkWorld.GUEST;
import static io.fedflow.testkit.link.LinkWorld.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.testkit.stage.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FederationLink} promises. F1 an envelope is in the receiver's mailbox when
 * {@code deliver} returns, once, however often it was delivered; F2 its content is what was sent;
 * F3 a site that cannot be reached in time fails with UNAVAILABLE {@code federation.unreachable};
 * F4 an interrupt ends the wait.
 */
public abstract class FederationLinkContract extends LinkContract {

  private static final int THREADS = 16;
  private static final TaskId TASK = new TaskId("job", "hetero_lr_0", 0);
  private static final Party AT_GUEST = new Party(Role.GUEST, GUEST);
  private static final Party AT_HOST = new Party(Role.HOST, HOST);

  private final Mailboxes guest = new Mailboxes();
  private final Mailboxes host = new Mailboxes();

  @Test
  void F1_deliveredEnvelope_isInTheMailbox() throws Exception {
    Envelope envelope = toHost("gradient", Payload.ofDoubles(0.5, -1));

    linkToHost().deliver(envelope);

    assertThat(host.pending()).isEqualTo(1);
    assertThat(take(host, envelope)).isEqualTo(envelope.payload());
  }

  @Test
  void F1_envelopeDeliveredTwice_arrivesOnce() throws Exception {
    FederationLink link = linkToHost();
    Envelope envelope = toHost("gradient", Payload.ofLongs(1));

    link.deliver(envelope);
    link.deliver(envelope);
    take(host, envelope);
    link.deliver(envelope);

    assertThat(host.pending()).isZero();
  }

  @Test
  void F1_sameTagOfAnotherAttemptOrSender_isAnotherMessage() throws Exception {
    FederationLink link = linkToHost();
    MessageTag tag = MessageTag.of("gradient");
    TaskId retry = new TaskId(TASK.jobId(), TASK.component(), 1);
    Party arbiter = new Party(Role.ARBITER, GUEST);

    link.deliver(new Envelope(TASK, AT_GUEST, AT_HOST, tag, Payload.ofLongs(1)));
    link.deliver(new Envelope(retry, AT_GUEST, AT_HOST, tag, Payload.ofLongs(2)));
    link.deliver(new Envelope(TASK, arbiter, AT_HOST, tag, Payload.ofLongs(3)));

    assertThat(host.take(new Envelope.Key(TASK, AT_GUEST, AT_HOST, tag), 0).asLongs())
        .containsExactly(1);
    assertThat(host.take(new Envelope.Key(retry, AT_GUEST, AT_HOST, tag), 0).asLongs())
        .containsExactly(2);
    assertThat(host.take(new Envelope.Key(TASK, arbiter, AT_HOST, tag), 0).asLongs())
        .containsExactly(3);
  }

  @Test
  void F2_everyFormat_arrivesAsSent() throws Exception {
    FederationLink link = linkToHost();
    for (Payload.Format format : Payload.Format.values()) {
      for (int size : new int[] {0, 1, 16, 1000}) {
        Envelope envelope =
            new Envelope(
                TASK,
                AT_GUEST,
                AT_HOST,
                MessageTag.of("block", format.ordinal(), size),
                new Payload(format, noise(size)));

        link.deliver(envelope);

        assertThat(take(host, envelope)).isEqualTo(envelope.payload());
      }
    }
  }

  @Test
  void F2_tenMegabytes_arriveAsSent() throws Exception {
    Envelope envelope = toHost("table", Payload.ofCiphertexts(noise(10 << 20)));

    linkToHost().deliver(envelope);

    assertThat(take(host, envelope)).isEqualTo(envelope.payload());
  }

  @Test
  void F2_manyAtOnceInBothDirections_arriveAsSent() throws Exception {
    FederationLink fromGuest = linkToHost();
    world().start(GUEST, RecordingEngine.accepting(), guest);
    FederationLink fromHost = world().federationLink(HOST);
    List<Callable<Void>> deliveries = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      deliveries.add(delivery(fromGuest, numbered(i, AT_GUEST, AT_HOST)));
      deliveries.add(delivery(fromHost, numbered(i, AT_HOST, AT_GUEST)));
    }

    runAll(deliveries);

    for (int i = 0; i < 200; i++) {
      Envelope toHost = numbered(i, AT_GUEST, AT_HOST);
      Envelope toGuest = numbered(i, AT_HOST, AT_GUEST);
      assertThat(take(host, toHost)).isEqualTo(toHost.payload());
      assertThat(take(guest, toGuest)).isEqualTo(toGuest.payload());
    }
  }

  @Test
  void F3_siteThatIsDown_isUnreachableInTime() {
    open(IMPATIENT);
    FederationLink link = world().federationLink(GUEST);

    FedflowException failure =
        catchThrowableOfType(
            FedflowException.class, () -> link.deliver(toHost("gradient", Payload.ofLongs(1))));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.code()).isEqualTo("federation.unreachable");
    assertThat(failure).hasMessageContaining(AT_HOST.toString());
  }

  @Test
  void F3_siteThatComesUpInTime_isReached() throws Exception {
    open(PATIENT);
    Envelope envelope = toHost("gradient", Payload.ofLongs(1));
    Sender sender = Sender.start(world().federationLink(GUEST), envelope);

    sender.awaitBlocked();
    world().start(HOST, RecordingEngine.accepting(), host);

    assertThat(sender.end()).isNull();
    assertThat(take(host, envelope)).isEqualTo(envelope.payload());
  }

  @Test
  void F4_interrupt_endsTheWait() throws Exception {
    open(PATIENT);
    Sender sender =
        Sender.start(world().federationLink(GUEST), toHost("gradient", Payload.ofLongs(1)));

    sender.awaitBlocked();
    sender.interrupt();

    assertThat(sender.end()).isInstanceOf(InterruptedException.class);
  }

  private FederationLink linkToHost() {
    open(PATIENT);
    world().start(HOST, RecordingEngine.accepting(), host);
    return world().federationLink(GUEST);
  }

  private static Envelope toHost(String name, Payload payload) {
    return new Envelope(TASK, AT_GUEST, AT_HOST, MessageTag.of(name), payload);
  }

  private static Envelope numbered(int number, Party from, Party to) {
    return new Envelope(
        TASK, from, to, MessageTag.of("batch", number), Payload.ofBytes(noise(3000 * number)));
  }

  private static Payload take(Mailboxes mailboxes, Envelope envelope) throws InterruptedException {
    return mailboxes.take(envelope.key(), 0);
  }

  /** Bytes that do not repeat, so that a chunk out of place shows. */
  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static Callable<Void> delivery(FederationLink link, Envelope envelope) {
    return () -> {
      link.deliver(envelope);
      return null;
    };
  }

  private static void runAll(List<Callable<Void>> deliveries) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Void> delivered :
          threads.invokeAll(deliveries, Await.SECONDS, TimeUnit.SECONDS)) {
        delivered.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
