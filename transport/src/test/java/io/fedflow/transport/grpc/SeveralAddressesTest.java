package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Mailboxes;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.grpc.wire.Versions;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.server.GrpcServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parties with several servers, routes that change, and peers of other releases. */
class SeveralAddressesTest {

  private static final Party HOST = Party.of("host", "10000");

  private final Vertx vertx = Vertx.vertx();
  private final SiteAddress first = FreePort.address();
  private final SiteAddress second = FreePort.address();
  private final RecordingEngine atFirst = RecordingEngine.accepting();
  private final RecordingEngine atSecond = RecordingEngine.accepting();
  private final AtomicReference<RoutingTable> table =
      new AtomicReference<>(routes(new Route(List.of(first, second))));
  private final GrpcLinks links =
      new GrpcLinks(
          vertx,
          new LocalSite(Set.of("9999"), RecordingEngine.accepting(), new Mailboxes()),
          table::get,
          new JacksonJsonCodec(),
          LinkOptions.DEFAULT,
          WireLimits.DEFAULT,
          LinkSecurity.plaintext());

  @AfterEach
  void close() throws Exception {
    await(vertx.close().toCompletionStage());
  }

  private static RoutingTable routes(Route toHost) {
    return new RoutingTable(Map.of(HOST.id(), toHost), Optional.empty());
  }

  @Test
  void deadServer_isPassedOver_andTheOneThatWorkedIsPreferred() throws Exception {
    serve(second, atSecond);
    await(links.send(HOST, step(0)));
    assertThat(atSecond.arrivals()).hasSize(1);

    serve(first, atFirst);
    await(links.send(HOST, step(1)));

    assertThat(atSecond.arrivals()).hasSize(2);
    assertThat(atFirst.arrivals()).isEmpty();
  }

  @Test
  void serverThatDies_isReplacedByTheOther() throws Exception {
    PartyGrpcServer dying = serve(first, atFirst);
    serve(second, atSecond);
    await(links.send(HOST, step(0)));
    assertThat(atFirst.arrivals()).hasSize(1);

    await(dying.close());
    await(links.send(HOST, step(1)));

    assertThat(atSecond.arrivals()).hasSize(1);
  }

  @Test
  void allDead_areAllNamed() {
    assertThatThrownBy(() -> await(links.ping(HOST.id(), 1)))
        .hasMessageContainingAll(first.toString(), second.toString(), "Connection refused");
  }

  @Test
  void changedRoute_isTakenByWhatIsOnItsWay() throws Exception {
    table.set(routes(Route.to(first)));
    CompletionStage<Void> underway = links.send(HOST, step(0));
    serve(second, atSecond);

    table.set(routes(Route.to(second)));

    await(underway);
    assertThat(atSecond.arrivals()).hasSize(1);
  }

  @Test
  void pingOfAnotherPartysServer_saysWhomItServes() throws Exception {
    serve(first, atFirst);
    table.set(new RoutingTable(Map.of("10001", Route.to(first)), Optional.empty()));

    assertThatThrownBy(() -> await(links.ping("10001", 1)))
        .hasMessageContainingAll("does not serve party id 10001", "[10000]", "correct the route");
    assertThatThrownBy(() -> await(links.ping("5", 1)))
        .hasMessageContaining("no route leads to it");
  }

  @Test
  void peerWithoutACommonVersion_isRefusedBeforeAnythingIsSent() throws Exception {
    List<String> called = new ArrayList<>();
    HttpServer later = laterRelease(called);
    table.set(routes(Route.to(new SiteAddress("127.0.0.1", later.actualPort()))));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> await(links.send(HOST, step(0))))
          .hasMessageContainingAll(
              "fedflow/99", "versions 7 to 9", Protocol.SOFTWARE, "speaks 2 to 2", HOST.id());
    }

    assertThat(called).isNotEmpty().allMatch(path -> path.endsWith("/Hello"));
  }

  @Test
  void versions_areAskedForOnce() throws Exception {
    List<String> called = new ArrayList<>();
    HttpServer counting = release(1, 3, called);
    table.set(routes(Route.to(new SiteAddress("127.0.0.1", counting.actualPort()))));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> await(links.send(HOST, step(0))))
          .hasMessageContaining("UNIMPLEMENTED");
    }

    assertThat(called).filteredOn(path -> path.endsWith("/Hello")).hasSize(1);
    assertThat(called).filteredOn(path -> path.endsWith("/Send")).hasSize(3);
  }

  private HttpServer laterRelease(List<String> called) throws Exception {
    return release(7, 9, called);
  }

  private HttpServer release(int oldest, int newest, List<String> called) throws Exception {
    GrpcServer services = GrpcServer.server(vertx);
    services.callHandler(
        Protocol.HELLO.server(),
        call ->
            call.handler(
                message ->
                    call.response()
                        .end(
                            HelloReply.newBuilder()
                                .setProtocols(
                                    Versions.newBuilder().setOldest(oldest).setNewest(newest))
                                .setSoftware("fedflow/99")
                                .build())));
    return await(
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  called.add(request.path());
                  services.handle(request);
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage());
  }

  private PartyGrpcServer serve(SiteAddress address, RecordingEngine engine) throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), engine, new Mailboxes()),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            LinkSecurity.plaintext());
    await(server.listen(address.host(), address.port()));
    return server;
  }

  private static PartyCommand step(int number) {
    return new PartyCommand.StartTask(new TaskId("job", "step", number));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}
