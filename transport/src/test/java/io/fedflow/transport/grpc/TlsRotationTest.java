package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.job.PartyCommand;
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
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates change while sites talk. */
class TlsRotationTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final Duration YEAR = Duration.ofDays(365);
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);

  @TempDir static Path folder;

  private final TestIdentities before = TestIdentities.in(folder);
  private final TestIdentities after = TestIdentities.in(folder);
  private final LiveIdentity guest = before.live(GUEST.id(), Instant.now(), YEAR);
  private final LiveIdentity host = before.live(HOST.id(), Instant.now(), YEAR);
  private final Vertx vertx = Vertx.vertx();
  private final RecordingEngine engine = RecordingEngine.accepting();
  private final Mailboxes mailboxes = new Mailboxes();
  private TcpRelay relay;
  private GrpcLinks links;

  @BeforeEach
  void start() throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), engine, mailboxes),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            LinkSecurity.tls(host));
    relay = TcpRelay.to(await(server.listen("127.0.0.1", 0)));
    links =
        new GrpcLinks(
            vertx,
            new LocalSite(Set.of(GUEST.id()), RecordingEngine.accepting(), new Mailboxes()),
            RoutingTable.of(Map.of(HOST.id(), new SiteAddress("127.0.0.1", relay.port()))),
            new JacksonJsonCodec(),
            LinkOptions.DEFAULT.givingUpAfter(Duration.ofSeconds(60)),
            WireLimits.DEFAULT,
            LinkSecurity.tls(guest));
  }

  @AfterEach
  void stop() throws Exception {
    relay.close();
    await(vertx.close().toCompletionStage());
  }

  @Test
  void sitesThatChangeToAnotherAuthority_goOnWithoutARestart() throws Exception {
    await(links.send(HOST, step()));

    host.replace(after.folder(HOST.id(), Instant.now(), YEAR).load());
    CompletionStage<Void> travelling = links.send(HOST, step());
    // The host does not know the guest any more, not even on the connection that is open.
    assertThat(engine.arrivals()).hasSize(1);
    guest.replace(after.folder(GUEST.id(), Instant.now(), YEAR).load());

    await(travelling);
    assertThat(engine.arrivals()).hasSize(2);
  }

  @Test
  void aTransferThatIsUnderWay_arrivesOnceAndWhole() throws Exception {
    byte[] bytes = new byte[20 << 20];
    new java.util.Random(7).nextBytes(bytes);
    AtomicLong passed = new AtomicLong();
    CompletableFuture<Void> half = new CompletableFuture<>();
    relay.listen(
        part -> {
          if (passed.addAndGet(part.length) > bytes.length / 2) {
            half.complete(null);
          }
        });
    relay.trouble(Trouble.NONE.throttledTo(8 << 20));
    Envelope envelope =
        new Envelope(TASK, GUEST, HOST, MessageTag.of("block"), Payload.ofBytes(bytes));
    CompletableFuture<Void> delivered =
        CompletableFuture.runAsync(
            () -> {
              try {
                links.deliver(envelope);
              } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
              }
            });
    half.get(60, SECONDS);

    host.replace(after.folder(HOST.id(), Instant.now(), YEAR).load());
    guest.replace(after.folder(GUEST.id(), Instant.now(), YEAR).load());
    await(links.send(HOST, step()));

    delivered.get(60, SECONDS);
    assertThat(mailboxes.pending()).isEqualTo(1);
  }

  @Test
  void identityThatIsReplaced_isTheOneThatIsMeasuredBy() throws Exception {
    java.security.cert.Certificate[] shown = {guest.site().chain().get(0)};
    host.identify(shown);

    host.replace(after.folder(HOST.id(), Instant.now(), YEAR).load());

    assertThatThrownBy(() -> host.identify(shown)).hasMessageContaining("its authority is unknown");
  }

  private static PartyCommand step() {
    return new PartyCommand.StartTask(TASK);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}
