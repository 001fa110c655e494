package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Mailboxes;
import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.testkit.log.LogLines;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are revoked while sites talk. */
class TlsRevocationTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final Duration YEAR = Duration.ofDays(365);
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);

  @TempDir static Path folder;

  private final TestIdentities identities = TestIdentities.in(folder);
  private final IdentityFolder guestFolder = identities.folder(GUEST.id(), Instant.now(), YEAR);
  private final IdentityFolder hostFolder = identities.folder(HOST.id(), Instant.now(), YEAR);
  private final LiveIdentity guest = live(guestFolder);
  private final LiveIdentity host = live(hostFolder);
  private final Vertx vertx = Vertx.vertx();
  private final RecordingEngine engine = RecordingEngine.accepting();
  private LogLines log;
  private SiteAddress address;

  @BeforeEach
  void start() throws Exception {
    log = new LogLines("io.fedflow");
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), engine, new Mailboxes()),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            LinkSecurity.tls(host));
    address = new SiteAddress("127.0.0.1", await(server.listen("127.0.0.1", 0)));
  }

  @AfterEach
  void stop() throws Exception {
    log.close();
    await(vertx.close().toCompletionStage());
  }

  private static LiveIdentity live(IdentityFolder identity) {
    return new LiveIdentity(identity.load(), InstantSource.system());
  }

  private GrpcLinks links(LiveIdentity identity, String party) {
    return new GrpcLinks(
        vertx,
        new LocalSite(Set.of(party), RecordingEngine.accepting(), new Mailboxes()),
        RoutingTable.of(Map.of(HOST.id(), address)),
        new JacksonJsonCodec(),
        LinkOptions.DEFAULT.givingUpAfter(Duration.ofSeconds(8)),
        WireLimits.DEFAULT,
        LinkSecurity.tls(identity));
  }

  /** The list comes into the folder of the host, which reads it again. */
  private void revoke(String party, IdentityFolder at, LiveIdentity measured) {
    at.install(identities.revoke(party));
    measured.replace(at.load());
  }

  @Test
  void caller_losesItsOpenConnectionAndGetsNoOther_othersKeepTheirs() throws Exception {
    LiveIdentity third = live(identities.folder("10001", Instant.now(), YEAR));
    GrpcLinks thirdLinks = links(third, "10001");
    await(thirdLinks.send(HOST, step()));
    CompletableFuture<Void> open =
        CompletableFuture.runAsync(
            () -> TestIdentities.talkUntilTheEnd(TestIdentities.context(guest, guest), address));
    GrpcLinks guestLinks = links(guest, GUEST.id());
    await(guestLinks.send(HOST, step()));
    assertThat(open).isNotDone();

    revoke(GUEST.id(), hostFolder, host);

    // Nobody calls on it: it is ended all the same.
    open.get(60, SECONDS);
    assertThatThrownBy(() -> await(guestLinks.send(HOST, step())))
        .cause()
        .hasMessageContaining("host:10000")
        .hasMessageContaining("was revoked at");
    assertThat(engine.arrivals()).hasSize(2);
    log.await("'CN=party 9999'", "was revoked at");
    assertThat(log.lines().stream().filter(line -> line.contains("was revoked at")))
        .hasSizeLessThan(3);
    await(thirdLinks.send(HOST, step()));
    assertThat(engine.arrivals()).hasSize(3);
  }

  @Test
  void server_isNotTalkedToAnyMore() throws Exception {
    GrpcLinks links = links(guest, GUEST.id());
    await(links.send(HOST, step()));

    revoke(HOST.id(), guestFolder, guest);

    assertThatThrownBy(() -> await(links.send(HOST, step())))
        .cause()
        .hasMessageContainingAll("'CN=party 10000'", "was revoked at");
    assertThat(engine.arrivals()).hasSize(1);
  }

  private static PartyCommand step() {
    return new PartyCommand.StartTask(TASK);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}
