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
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payloads travel deflated where that pays, and arrive as they were, whatever happens on the way.
 */
class DeflatedPiecesTest {

  private static final long SEED = Long.getLong("fedflow.seed", 23);
  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);
  private static final WireLimits PLAIN = WireLimits.DEFAULT.withoutDeflating();
  private static final int MEGABYTE = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final Random random = new Random(SEED);
  private Mailboxes mailboxes = new Mailboxes();
  private TcpRelay relay;

  @AfterEach
  void close() throws Exception {
    if (relay != null) {
      relay.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(60, SECONDS);
  }

  @Test
  void whatShrinks_crossesTheWireSmaller() throws Exception {
    serve(WireLimits.DEFAULT);

    Envelope envelope = deliver(WireLimits.DEFAULT, Payload.ofBytes(new byte[8 * MEGABYTE]));

    assertThat(mailboxes.take(envelope.key(), 0)).isEqualTo(envelope.payload());
    assertThat(relay.passed()).isLessThan(MEGABYTE);
  }

  @Test
  void noise_crossesAsItIs() throws Exception {
    serve(WireLimits.DEFAULT);
    int size = 8 * MEGABYTE;

    Envelope envelope = deliver(WireLimits.DEFAULT, Payload.ofBytes(noise(size)));

    assertThat(mailboxes.take(envelope.key(), 0)).isEqualTo(envelope.payload());
    assertThat(relay.passed()).isBetween((long) size, size + size / 50L);
  }

  @Test
  void peerThatTakesNoDeflatedPieces_getsNone() throws Exception {
    serve(PLAIN);

    Envelope envelope = deliver(WireLimits.DEFAULT, Payload.ofBytes(new byte[2 * MEGABYTE]));

    assertThat(mailboxes.take(envelope.key(), 0)).isEqualTo(envelope.payload());
    assertThat(relay.passed()).isGreaterThan(2 * MEGABYTE);
  }

  @Test
  void siteThatDoesNotDeflate_sendsPlainToOneThatWould() throws Exception {
    serve(WireLimits.DEFAULT);

    Envelope envelope = deliver(PLAIN, Payload.ofBytes(new byte[2 * MEGABYTE]));

    assertThat(mailboxes.take(envelope.key(), 0)).isEqualTo(envelope.payload());
    assertThat(relay.passed()).isGreaterThan(2 * MEGABYTE);
  }

  @Test
  void piecesThatDoNotShrink_areSoonNotTriedAnyMore() {
    byte[] misleading = noise(2 * MEGABYTE);
    Arrays.fill(misleading, MEGABYTE - 4096, MEGABYTE + 4096, (byte) 7);
    OutgoingEnvelope envelope =
        new OutgoingEnvelope(envelope(0, Payload.ofBytes(misleading)), false, true);

    int tries = 0;
    for (int at = 0; at < misleading.length && envelope.mayShrink(256 << 10); at += 256 << 10) {
      envelope.tried(envelope.deflated(at, 256 << 10).isPresent());
      tries++;
    }

    assertThat(tries).isEqualTo(3);
  }

  @Test
  void ciphertextsAndSmallPayloads_areNotTriedAtAll() {
    byte[] zeros = new byte[MEGABYTE];

    assertThat(mayShrink(Payload.ofBytes(zeros))).isTrue();
    assertThat(mayShrink(Payload.ofCiphertexts(zeros))).isFalse();
    assertThat(mayShrink(Payload.ofBytes(new byte[4000]))).isFalse();
    assertThat(mayShrink(Payload.ofBytes(noise(MEGABYTE)))).isFalse();
  }

  @Test
  void anyMixture_overConnectionsThatBreak_arrivesOnceAndEqual(@TempDir Path folder)
      throws Exception {
    // Some wait in memory and some in files, so that both ways of keeping pieces mix with both
    // ways of sending them.
    mailboxes = new Mailboxes(PayloadRoom.bounded(8 * MEGABYTE, 1L << 30, folder));
    serve(WireLimits.DEFAULT);
    List<GrpcLinks> senders = new ArrayList<>();
    for (int chunk : new int[] {5_000, 70_001, 256 << 10, MEGABYTE}) {
      senders.add(links(new WireLimits(8 << 20, 1 << 30, chunk, MEGABYTE)));
    }
    senders.add(links(PLAIN));
    List<Envelope> envelopes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      envelopes.add(envelope(i, mixture()));
    }
    List<Long> gaps = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      gaps.add(1L + random.nextInt(3 * MEGABYTE));
    }
    resetAfterEach(gaps);

    deliverAll(senders, envelopes);

    assertThat(gaps).as("resets still to come, seed %d", SEED).isEmpty();
    assertThat(mailboxes.pending()).as("once each, seed %d", SEED).isEqualTo(envelopes.size());
    for (Envelope envelope : envelopes) {
      assertThat(mailboxes.take(envelope.key(), 0))
          .as("%s, seed %d", envelope.tag(), SEED)
          .isEqualTo(envelope.payload());
    }
    assertThat(mailboxes.arriving()).isZero();
    assertThat(mailboxes.room().memoryUsed()).isZero();
    assertThat(mailboxes.room().fileBytesUsed()).isZero();
  }

  private void deliverAll(List<GrpcLinks> senders, List<Envelope> envelopes) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<Void>> deliveries = new ArrayList<>();
    for (int i = 0; i < envelopes.size(); i++) {
      GrpcLinks sender = senders.get(i % senders.size());
      Envelope envelope = envelopes.get(i);
      deliveries.add(
          () -> {
            sender.deliver(envelope);
            return null;
          });
    }
    try {
      for (Future<Void> delivered : threads.invokeAll(deliveries, 120, SECONDS)) {
        delivered.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Stretches of zeros, words, numbers and noise, of any length. */
  private Payload mixture() {
    byte[] bytes =
        new byte[random.nextInt(8) == 0 ? random.nextInt(9000) : random.nextInt(1 << 20)];
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(200_000));
      int kind = random.nextInt(4);
      for (; at < end; at++) {
        bytes[at] =
            switch (kind) {
              case 0 -> 0;
              case 1 -> (byte) "federated learning ".charAt(at % 19);
              case 2 -> (byte) (at % 8 < 6 ? 0 : random.nextInt());
              default -> (byte) random.nextInt();
            };
      }
    }
    return random.nextInt(5) == 0 ? Payload.ofCiphertexts(bytes) : Payload.ofBytes(bytes);
  }

  private static boolean mayShrink(Payload payload) {
    return new OutgoingEnvelope(envelope(0, payload), false, true).mayShrink(4096);
  }

  private byte[] noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Envelope envelope(int number, Payload payload) {
    return new Envelope(TASK, GUEST, HOST, MessageTag.of("block", number), payload);
  }

  private Envelope deliver(WireLimits limits, Payload payload) throws Exception {
    Envelope envelope = envelope(0, payload);
    links(limits).deliver(envelope);
    return envelope;
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

  private void serve(WireLimits limits) throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), RecordingEngine.accepting(), mailboxes),
            new JacksonJsonCodec(),
            limits,
            LinkSecurity.plaintext());
    int port = server.listen("127.0.0.1", 0).toCompletableFuture().get(60, SECONDS);
    relay = TcpRelay.to(port);
  }

  private GrpcLinks links(WireLimits limits) {
    return new GrpcLinks(
        vertx,
        new LocalSite(Set.of(GUEST.id()), RecordingEngine.accepting(), new Mailboxes()),
        RoutingTable.of(Map.of(HOST.id(), new SiteAddress("127.0.0.1", relay.port()))),
        new JacksonJsonCodec(),
        LinkOptions.DEFAULT
            .givingUpAfter(Duration.ofSeconds(60))
            .callingFor(Duration.ofSeconds(20)),
        limits,
        LinkSecurity.plaintext());
  }
}
