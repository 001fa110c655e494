package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.spi.PeerWatch;
import io.fedflow.spi.PeerWatch.Silence;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.testkit.net.TcpRelay;
import io.fedflow.testkit.net.Trouble;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How sites that fall silent are noticed, and what that does to connections. */
class HeartbeatsTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");

  /** Short, but long enough for an answer on a busy machine. */
  private static final Duration SILENT_AFTER = Duration.ofSeconds(2);

  private final Vertx vertx = Vertx.vertx();
  private final SiteAddress server = FreePort.address();
  private final Mailboxes mailboxes = new Mailboxes();
  private final BlockingQueue<Optional<Silence>> told = new LinkedBlockingQueue<>();
  private TcpRelay relay;

  @BeforeEach
  void startRelay() throws Exception {
    relay = TcpRelay.to(server.port());
  }

  @AfterEach
  void close() throws Exception {
    relay.close();
    await(vertx.close().toCompletionStage());
  }

  @Test
  void siteThatIsDown_isTold_andThatItCameBack() throws Exception {
    GrpcLinks links = links(LinkOptions.DEFAULT.missingPeers(SILENT_AFTER, SILENT_AFTER));

    links.watch(HOST, told::add);

    Silence silence = next().orElseThrow();
    assertThat(silence.since()).isPositive();
    assertThat(silence.failure()).isNotEmpty();
    assertThat(await(links.pulses()))
        .singleElement()
        .satisfies(pulse -> assertThat(pulse.silentSince()).isEqualTo(silence.since()));
    serve(System::currentTimeMillis);
    assertThat(next()).isEmpty();
    assertThat(await(links.pulses())).containsExactly(new PeerPulse(HOST.id(), 0, 0));
  }

  @Test
  void connectionThatOnlyLooksOpen_isClosed_andCallsGoOnOverAnother() throws Exception {
    serve(System::currentTimeMillis);
    // A call alone would wait for ten minutes.
    GrpcLinks links =
        links(
            LinkOptions.DEFAULT
                .callingFor(Duration.ofMinutes(10))
                .missingPeers(SILENT_AFTER, Duration.ofMinutes(10)));
    links.deliver(envelope(1));
    links.watch(HOST, told::add);

    relay.trouble(Trouble.NONE.stall());
    Thread sender = new Thread(() -> deliver(links, envelope(2)));
    sender.start();
    assertThat(next()).isPresent();
    relay.reset();
    relay.trouble(Trouble.NONE);

    assertThat(next()).isEmpty();
    sender.join(SECONDS.toMillis(60));
    assertThat(mailboxes.pending()).isEqualTo(2);
  }

  @Test
  void stalledConnections_areReplacedByNewOnes_withoutAnyResetFromTheNetwork() throws Exception {
    serve(System::currentTimeMillis);
    GrpcLinks links =
        links(
            LinkOptions.DEFAULT
                .callingFor(Duration.ofMinutes(10))
                .missingPeers(SILENT_AFTER, Duration.ofMinutes(10)));
    links.deliver(envelope(1));
    links.watch(HOST, told::add);
    int before = relay.accepted();

    relay.trouble(Trouble.NONE.stall());
    assertThat(next()).isPresent();
    relay.trouble(Trouble.NONE);

    assertThat(next()).isEmpty();
    assertThat(relay.accepted()).isGreaterThan(before);
  }

  @Test
  void clockThatIsFarOff_isKnown() throws Exception {
    serve(() -> System.currentTimeMillis() + 90_000);
    GrpcLinks links = links(LinkOptions.DEFAULT.missingPeers(SILENT_AFTER, SILENT_AFTER));

    links.watch(HOST, told::add);

    long deadline = System.nanoTime() + SECONDS.toNanos(60);
    long skew = 0;
    while (skew == 0 && System.nanoTime() < deadline) {
      List<PeerPulse> pulses = await(links.pulses());
      skew = pulses.isEmpty() ? 0 : pulses.get(0).skewMillis();
    }
    assertThat(skew).isBetween(60_000L, 120_000L);
    assertThat(told).isEmpty();
  }

  @Test
  void afterTheLastWatchEnds_nobodyIsGreeted() throws Exception {
    GrpcLinks links = links(LinkOptions.DEFAULT.missingPeers(SILENT_AFTER, SILENT_AFTER));
    PeerWatch.Watch first = links.watch(HOST, told::add);
    PeerWatch.Watch second = links.watch(HOST, told::add);
    assertThat(next()).isPresent();
    assertThat(next()).isPresent();

    first.close();
    assertThat(await(links.pulses())).hasSize(1);
    second.close();
    second.close();

    assertThat(await(links.pulses())).isEmpty();
  }

  @Test
  void partyOfThisSite_isNeverSilent() throws Exception {
    GrpcLinks links = links(LinkOptions.DEFAULT);

    links.watch(GUEST, told::add).close();

    assertThat(await(links.pulses())).isEmpty();
    assertThat(told).isEmpty();
  }

  private Optional<Silence> next() throws InterruptedException {
    Optional<Silence> news = told.poll(60, SECONDS);
    assertThat(news).as("something is told").isNotNull();
    return news;
  }

  private void serve(LongSupplier clock) throws Exception {
    PartyGrpcServer started =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), RecordingEngine.accepting(), mailboxes),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            LinkSecurity.plaintext(),
            clock);
    await(started.listen(server.host(), server.port()));
  }

  private GrpcLinks links(LinkOptions options) {
    return new GrpcLinks(
        vertx,
        new LocalSite(Set.of(GUEST.id()), RecordingEngine.accepting(), new Mailboxes()),
        RoutingTable.of(Map.of(HOST.id(), new SiteAddress("127.0.0.1", relay.port()))),
        new JacksonJsonCodec(),
        options,
        WireLimits.DEFAULT,
        LinkSecurity.plaintext());
  }

  private static void deliver(GrpcLinks links, Envelope envelope) {
    try {
      links.deliver(envelope);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Envelope envelope(int number) {
    return new Envelope(
        new TaskId("job", "lr_0", 0),
        GUEST,
        HOST,
        MessageTag.of("block", number),
        Payload.ofLongs(number));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}
