package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.federation.PayloadRoom;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.testkit.net.TcpRelay;
import io.fedflow.testkit.net.Trouble;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envelopes over connections that break: each arrives once and whole, and little is sent again. */
class BrokenStreamsTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);
  private static final LinkOptions PATIENT =
      LinkOptions.DEFAULT.givingUpAfter(Duration.ofSeconds(60)).callingFor(Duration.ofSeconds(20));
  private static final WireLimits LIMITS = WireLimits.DEFAULT;

  private final Vertx vertx = Vertx.vertx();
  private final SiteAddress server = FreePort.address();
  private Mailboxes mailboxes = new Mailboxes();
  private TcpRelay relay;

  @BeforeEach
  void startRelay() throws Exception {
    relay = TcpRelay.to(server.port());
  }

  @AfterEach
  void close() throws Exception {
    relay.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, SECONDS);
  }

  @Test
  void largePayload_overAConnectionResetFiveTimes_arrivesOnceWithLittleSentAgain()
      throws Exception {
    serve();
    int size = 100 << 20;
    Envelope envelope = envelope(0, size);
    Random random = new Random(7);
    List<Long> gaps = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      gaps.add(1L + random.nextInt(size / 5));
    }
    resetAfterEach(gaps);

    links(PATIENT).deliver(envelope);

    assertThat(gaps).as("resets still to come").isEmpty();
    assertThat(relay.accepted()).isGreaterThan(5);
    assertThat(mailboxes.pending()).isEqualTo(1);
    assertThat(taken(envelope)).isEqualTo(envelope.payload());
    // What was on its way unacknowledged at each break, and a percent for headers and positions.
    long again = relay.passed() - size;
    assertThat(again).isLessThan(5L * LIMITS.windowBytes() + size / 100);
    assertThat(mailboxes.arriving()).isZero();
  }

  @Test
  void manySendersAtOnce_overConnectionsThatBreak_allArriveOnce() throws Exception {
    serve();
    GrpcLinks links = links(PATIENT);
    List<Envelope> envelopes = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      envelopes.add(envelope(i, 700_001 + i));
    }
    resetAfterEach(new ArrayList<>(List.of(1_000L, 3_000_000L, 9_000_000L, 20_000L, 15_000_000L)));
    ExecutorService threads = Executors.newFixedThreadPool(envelopes.size());
    List<Callable<Void>> deliveries = new ArrayList<>();
    envelopes.forEach(
        envelope ->
            deliveries.add(
                () -> {
                  links.deliver(envelope);
                  return null;
                }));

    try {
      for (Future<Void> delivered : threads.invokeAll(deliveries, 120, SECONDS)) {
        delivered.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(relay.accepted()).isGreaterThan(5);
    assertThat(mailboxes.pending()).isEqualTo(64);
    for (Envelope envelope : envelopes) {
      assertThat(taken(envelope)).isEqualTo(envelope.payload());
    }
    assertThat(mailboxes.arriving()).isZero();
  }

  @Test
  void messagesThatNobodyTakes_spillToFiles_overConnectionsThatBreak(@TempDir Path folder)
      throws Exception {
    int memory = 2 << 20;
    mailboxes = new Mailboxes(PayloadRoom.bounded(memory, 1L << 30, folder));
    serve();
    GrpcLinks links = links(PATIENT);
    resetAfterEach(new ArrayList<>(List.of(3_000_000L, 9_000_000L, 5_000_000L)));
    List<Envelope> envelopes = new ArrayList<>();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      envelopes.add(envelope(i, 1_000_001));
      senders.add(sending(links, envelopes.get(i)));
    }
    for (Thread sender : senders) {
      sender.join(SECONDS.toMillis(120));
    }

    assertThat(mailboxes.pending()).isEqualTo(32);
    assertThat(mailboxes.room().memoryUsed()).isPositive().isLessThanOrEqualTo(memory);
    assertThat(mailboxes.room().fileBytesUsed()).isEqualTo(30 * 1_000_001L);
    for (Envelope envelope : envelopes) {
      assertThat(taken(envelope)).isEqualTo(envelope.payload());
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void connectionThatOnlyLooksOpen_isGivenUp_andTheEnvelopeGoesOnOverAnother() throws Exception {
    serve();
    Envelope envelope = envelope(0, 8 << 20);
    stallAfter(2 << 20);
    Thread sender = sending(links(PATIENT.callingFor(Duration.ofMillis(500))), envelope);

    awaitStall();
    awaitConnections(relay.accepted() + 1);
    relay.trouble(Trouble.NONE);

    sender.join(SECONDS.toMillis(60));
    assertThat(mailboxes.pending()).isEqualTo(1);
    assertThat(taken(envelope)).isEqualTo(envelope.payload());
  }

  @Test
  void receiverThatStartsAgain_knowsNothing_andGetsAllOfIt() throws Exception {
    PartyGrpcServer first = serve();
    Envelope envelope = envelope(0, 8 << 20);
    stallAfter(2 << 20);
    Thread sender = sending(links(PATIENT), envelope);
    awaitStall();

    relay.reset();
    first.close().toCompletableFuture().get(60, SECONDS);
    Mailboxes before = mailboxes;
    mailboxes = new Mailboxes();
    serve();
    relay.trouble(Trouble.NONE);

    sender.join(SECONDS.toMillis(60));
    assertThat(before.pending()).isZero();
    assertThat(taken(envelope)).isEqualTo(envelope.payload());
  }

  @Test
  void envelopeWhoseAnswerWasLost_isNotSentAgain() throws Exception {
    serve();
    Envelope envelope = envelope(0, 4 << 20);
    mailboxes.deliver(envelope);

    links(PATIENT).deliver(envelope);

    // The first bytes set out before the receiver can say that it needs none.
    assertThat(relay.passed()).isLessThan(1 << 20);
    assertThat(mailboxes.pending()).isEqualTo(1);
  }

  @Test
  void partsOfOneTransferThatLinger_doNotHoldUpAnother() throws Exception {
    serve();
    GrpcLinks slow = links(PATIENT);
    stallAfter(3 << 20);
    List<Thread> lingering = new ArrayList<>();
    for (int i = 1; i <= 32; i++) {
      lingering.add(sending(slow, envelope(i, 4 << 20)));
    }
    awaitStall();
    GrpcLinks direct = links(PATIENT, RoutingTable.of(Map.of(HOST.id(), server)));
    Envelope envelope = envelope(0, 4 << 20);

    direct.deliver(envelope);

    assertThat(taken(envelope)).isEqualTo(envelope.payload());
    relay.trouble(Trouble.NONE);
    for (Thread each : lingering) {
      each.join(SECONDS.toMillis(60));
    }
    assertThat(mailboxes.pending()).isEqualTo(32);
  }

  private volatile boolean stalled;

  private void stallAfter(long bytes) {
    relay.listen(
        read -> {
          if (!stalled && relay.passed() > bytes) {
            stalled = true;
            relay.trouble(Trouble.NONE.stall());
          }
        });
  }

  private void resetAfterEach(List<Long> gaps) {
    relay.resetAfter(gaps.remove(0));
    relay.listen(
        read -> {
          synchronized (gaps) {
            if (!gaps.isEmpty() && !relay.resetPending()) {
              relay.resetAfter(gaps.remove(0));
            }
          }
        });
  }

  private void awaitStall() {
    long deadline = System.nanoTime() + SECONDS.toNanos(60);
    while (!stalled) {
      assertThat(System.nanoTime()).as("stalled in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private void awaitConnections(int count) {
    long deadline = System.nanoTime() + SECONDS.toNanos(60);
    while (relay.accepted() < count) {
      assertThat(System.nanoTime()).as("connections in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private Payload taken(Envelope envelope) throws InterruptedException {
    return mailboxes.take(envelope.key(), 0);
  }

  private static Thread sending(GrpcLinks links, Envelope envelope) {
    Thread sender =
        new Thread(
            () -> {
              try {
                links.deliver(envelope);
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    sender.start();
    return sender;
  }

  private PartyGrpcServer serve() throws Exception {
    PartyGrpcServer started =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), RecordingEngine.accepting(), mailboxes),
            new JacksonJsonCodec(),
            LIMITS,
            LinkSecurity.plaintext());
    started.listen(server.host(), server.port()).toCompletableFuture().get(60, SECONDS);
    return started;
  }

  private GrpcLinks links(LinkOptions options) {
    return links(
        options, RoutingTable.of(Map.of(HOST.id(), new SiteAddress("127.0.0.1", relay.port()))));
  }

  private GrpcLinks links(LinkOptions options, RoutingTable routing) {
    LocalSite own = new LocalSite(Set.of(GUEST.id()), RecordingEngine.accepting(), new Mailboxes());
    return new GrpcLinks(
        vertx, own, routing, new JacksonJsonCodec(), options, LIMITS, LinkSecurity.plaintext());
  }

  private static Envelope envelope(int number, int size) {
    byte[] bytes = new byte[size];
    new Random(number).nextBytes(bytes);
    return new Envelope(
        TASK, GUEST, HOST, MessageTag.of("block", number), Payload.ofCiphertexts(bytes));
  }
}
