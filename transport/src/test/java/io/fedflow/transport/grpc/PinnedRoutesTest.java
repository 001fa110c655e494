package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Mailboxes;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutePin;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that want a certain identity at their end. */
class PinnedRoutesTest {

  private static final Party HOST = Party.of("host", "10000");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final SiteAddress atHost = FreePort.address();
  private final SiteAddress atRelay = FreePort.address();
  private final RecordingEngine engine = RecordingEngine.accepting();
  private final AtomicReference<RoutingTable> table = new AtomicReference<>(RoutingTable.EMPTY);
  private final AtomicReference<RoutingTable> onward = new AtomicReference<>(RoutingTable.EMPTY);
  private TestIdentities identities;
  private GrpcLinks links;

  @BeforeEach
  void start() throws Exception {
    identities = TestIdentities.in(folder);
    serve(HOST.id(), atHost, identities.security(HOST.id()));
    PartyGrpcServer relay = serve("777", atRelay, identities.relay("777"));
    relay.relay(onward::get, LinkOptions.DEFAULT);
    links = links(identities.security("9999"));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close().toCompletionStage());
  }

  private PartyGrpcServer serve(String party, SiteAddress address, LinkSecurity security)
      throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(party), engine, new Mailboxes()),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            security);
    await(server.listen(address.host(), address.port()));
    return server;
  }

  private GrpcLinks links(LinkSecurity security) {
    return new GrpcLinks(
        vertx,
        new LocalSite(Set.of("9999"), RecordingEngine.accepting(), new Mailboxes()),
        table::get,
        new JacksonJsonCodec(),
        LinkOptions.DEFAULT,
        WireLimits.DEFAULT,
        security);
  }

  private static RoutingTable toHost(SiteAddress address, String pin) {
    return new RoutingTable(
        Map.of(HOST.id(), new Route(List.of(address), Optional.of(new RoutePin(pin)))),
        Optional.empty());
  }

  @Test
  void theRightPartyOrCertificate_isReached() throws Exception {
    table.set(toHost(atHost, HOST.id()));
    await(links.send(HOST, step()));
    PeerIdentity shown = await(links.ping(HOST.id(), 1)).certificate().orElseThrow();
    assertThat(shown.partyIds()).containsExactly(HOST.id());
    assertThat(shown.notAfter()).isAfter(Instant.now());

    table.set(toHost(atHost, "sha256:" + shown.fingerprint()));
    await(links.send(HOST, step()));

    assertThat(engine.arrivals()).hasSize(2);
  }

  @Test
  void anotherPartyOrCertificate_isRefused_evenIfItMayAnswer() {
    for (String pin : List.of("777", "sha256:" + "0".repeat(64))) {
      table.set(toHost(atHost, pin));
      assertThatThrownBy(() -> await(links.ping(HOST.id(), 1)))
          .hasMessageContainingAll("wants the identity " + pin, "parties [10000]");
    }
    assertThat(engine.arrivals()).isEmpty();
  }

  @Test
  void pinOfARelay_isMeasuredAtTheRelay_andThatOfItsRouteAtTheEnd() throws Exception {
    table.set(toHost(atRelay, "777"));
    onward.set(toHost(atHost, HOST.id()));
    await(links.send(HOST, step()));
    assertThat(await(links.ping(HOST.id(), 1)).certificate().orElseThrow().relay()).isTrue();

    onward.set(toHost(atHost, "5"));
    assertThatThrownBy(() -> await(links.ping(HOST.id(), 1)))
        .hasMessageContainingAll("relay 777", "wants the identity 5");
    table.set(toHost(atRelay, HOST.id()));
    assertThatThrownBy(() -> await(links.ping(HOST.id(), 1)))
        .hasMessageContainingAll("wants the identity 10000", "parties [777]");

    assertThat(engine.arrivals()).hasSize(1);
  }

  @Test
  void aConnectionWithoutTls_provesNoIdentity() throws Exception {
    SiteAddress plain = FreePort.address();
    serve(HOST.id(), plain, LinkSecurity.plaintext());
    table.set(toHost(plain, HOST.id()));
    GrpcLinks insecure = links(LinkSecurity.plaintext());

    assertThatThrownBy(() -> await(insecure.ping(HOST.id(), 1)))
        .hasMessageContainingAll("wants the identity 10000", "without TLS proves none");

    table.set(RoutingTable.of(Map.of(HOST.id(), plain)));
    assertThat(await(insecure.ping(HOST.id(), 1)).certificate()).isEmpty();
  }

  private static PartyCommand step() {
    return new PartyCommand.StartTask(new TaskId("job", "step", 0));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}
