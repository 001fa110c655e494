package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Mailboxes;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to relays; that links work through one as without is in the contracts. */
class RelayTest {

  private static final Party HOST = Party.of("host", "10000");
  private static final String PATH = "/fedflow.party.v1.FederationService/Any";

  private final Vertx vertx = Vertx.vertx();
  private final SiteAddress first = FreePort.address();
  private final SiteAddress second = FreePort.address();
  private final SiteAddress end = FreePort.address();
  private final RecordingEngine engine = RecordingEngine.accepting();
  private final GrpcLinks links =
      new GrpcLinks(
          vertx,
          new LocalSite(Set.of("9999"), RecordingEngine.accepting(), new Mailboxes()),
          toEverybody(first),
          new JacksonJsonCodec(),
          LinkOptions.DEFAULT,
          WireLimits.DEFAULT,
          LinkSecurity.plaintext());

  @AfterEach
  void close() throws Exception {
    await(vertx.close().toCompletionStage());
  }

  private static RoutingTable toEverybody(SiteAddress address) {
    return new RoutingTable(Map.of(), Optional.of(Route.to(address)));
  }

  private static RoutingTable toHost(SiteAddress address) {
    return RoutingTable.of(Map.of(HOST.id(), address));
  }

  private PartyGrpcServer serve(String partyId, SiteAddress address, RoutingTable onward)
      throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(partyId), engine, new Mailboxes()),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            LinkSecurity.plaintext());
    if (onward != null) {
      server.relay(() -> onward, LinkOptions.DEFAULT);
    }
    await(server.listen(address.host(), address.port()));
    return server;
  }

  @Test
  void twoRelaysInARow_areToldByTheTrace() throws Exception {
    serve("r1", first, toEverybody(second));
    serve("r2", second, toHost(end));
    serve(HOST.id(), end, null);

    await(links.send(HOST, step()));
    Trace trace = await(links.trace(HOST.id()));

    assertThat(engine.arrivals()).hasSize(1);
    assertThat(trace.address()).isEqualTo(first);
    assertThat(trace.legs()).extracting(Trace.Leg::to).containsExactly("r1", "r2", HOST.id());
    assertThat(trace.legs()).allMatch(Trace.Leg::reached).allMatch(leg -> leg.micros() >= 0);
    assertThat(trace.legs()).extracting(Trace.Leg::micros).last().satisfies(RelayTest::positive);
    assertThat(trace.peer())
        .hasValueSatisfying(peer -> assertThat(peer.partyIds()).contains("10000"));
    assertThat(trace.trouble()).isEmpty();
    assertThat(await(links.ping(HOST.id(), 1)).peer().partyIds()).containsExactly(HOST.id());
  }

  private static void positive(Long micros) {
    assertThat(micros).isPositive();
  }

  @Test
  void relayThatServesAParty_doesNotForwardWhatIsForIt() throws Exception {
    serve(HOST.id(), first, toHost(end));

    await(links.send(HOST, step()));

    assertThat(engine.arrivals()).hasSize(1);
    assertThat(await(links.trace(HOST.id())).legs()).hasSize(1);
  }

  @Test
  void siteThatIsDownBehindARelay_isNamedWithTheRelay() throws Exception {
    serve("r1", first, toHost(end));

    Trace trace = await(links.trace(HOST.id()));

    assertThat(trace.peer()).isEmpty();
    assertThat(trace.legs()).extracting(Trace.Leg::to).containsExactly("r1", HOST.id());
    assertThat(trace.legs()).extracting(Trace.Leg::reached).containsExactly(true, false);
    assertThat(trace.trouble()).contains("relay r1", end.toString(), "Connection refused");
    assertThatThrownBy(() -> await(links.ping(HOST.id(), 1)))
        .hasMessageContainingAll("relay r1", HOST.id(), end.toString(), "Connection refused");
  }

  @Test
  void firstHopThatIsDown_isTold() throws Exception {
    Trace trace = await(links.trace(HOST.id()));

    assertThat(trace.legs()).isEmpty();
    assertThat(trace.trouble()).contains("Connection refused");
  }

  @Test
  void circle_isRefusedAtOnceAndNamed() throws Exception {
    serve("r1", first, toEverybody(second));
    serve("r2", second, toEverybody(first));

    assertThatThrownBy(() -> await(links.send(HOST, step())))
        .hasMessageContainingAll(
            "host:10000 at " + first, "circle: r1 > r2 > r1", "correct the routes", "(1 attempt)");
  }

  @Test
  void tooManyRelays_areRefused() throws Exception {
    SiteAddress next = first;
    for (int i = 0; i <= Relay.MOST_HOPS; i++) {
      SiteAddress after = FreePort.address();
      serve("r" + i, next, toEverybody(after));
      next = after;
    }

    assertThatThrownBy(() -> await(links.send(HOST, step())))
        .hasMessageContainingAll("more than 8 relays", "r0 > r1 > r2", "> r8");
  }

  @Test
  void partyUnknownToTheRelay_isUnreachableAtOnce() throws Exception {
    serve("r1", first, toHost(end));

    assertThatThrownBy(() -> await(links.send(Party.of("host", "7"), step())))
        .hasMessageContainingAll("relay r1: no route leads to party id 7", "(1 attempt)");
  }

  @Test
  void relay_passesOverADeadAddress() throws Exception {
    RoutingTable two =
        new RoutingTable(
            Map.of(HOST.id(), new Route(java.util.List.of(second, end))), Optional.empty());
    serve("r1", first, two);
    serve(HOST.id(), end, null);

    await(links.send(HOST, step()));

    assertThat(engine.arrivals()).hasSize(1);
  }

  @Test
  void siteThatIsNoRelay_refuses() throws Exception {
    serve("r1", first, null);

    assertThatThrownBy(() -> await(links.send(HOST, step())))
        .hasMessageContainingAll("does not serve party host:10000", "[r1]");
  }

  @Test
  void headerThatHoldsNoPartyId_isRefused() throws Exception {
    serve("r1", first, toHost(end));
    HttpClientRequest call = open("a b");

    // Asked for before it is sent: an answer that nobody waits for is dropped.
    Future<Buffer> body = call.response().compose(HttpClientResponse::body);

    call.end();

    assertThat(await(body.toCompletionStage()).length()).isZero();
    assertThat(await(call.response().toCompletionStage()).getHeader("grpc-message"))
        .contains("relay r1", Protocol.TO_PARTY);
  }

  @Test
  void callerThatHangsUp_isToldToTheNextHop() throws Exception {
    Promise<HttpServerRequest> arrived = Promise.promise();
    Promise<Throwable> gone = Promise.promise();
    serve("r1", first, toHost(end));
    rawServer(
        call -> {
          call.exceptionHandler(gone::tryComplete);
          call.handler(data -> arrived.tryComplete(call));
        });
    HttpClientRequest call = open(HOST.id());
    call.write(Buffer.buffer(new byte[10]));
    await(arrived.future().toCompletionStage());

    call.reset();

    assertThat(await(gone.future().toCompletionStage())).isNotNull();
  }

  @Test
  void nextHopThatDiesWithoutAnAnswer_isToldAtOnce_andMayHaveGotIt() throws Exception {
    serve("r1", first, toHost(end));
    rawServer(call -> call.endHandler(whole -> call.connection().close()));
    HttpClientRequest call = open(HOST.id());

    call.end(Buffer.buffer(new byte[10]));

    HttpClientResponse answer = await(call.response().toCompletionStage());
    assertThat(answer.getHeader("grpc-status")).isEqualTo("14");
    assertThat(answer.getHeader("grpc-message")).contains("relay r1", end.toString(), "broke");
    assertThat(answer.headers().contains(Protocol.UNDELIVERED)).isFalse();
  }

  @Test
  void nextHopThatBreaksInTheMiddle_breaksTheCall() throws Exception {
    serve("r1", first, toHost(end));
    rawServer(
        call ->
            call.handler(
                data -> {
                  call.response()
                      .write(Buffer.buffer("half"))
                      .onComplete(v -> call.response().reset());
                }));
    HttpClientRequest call = open(HOST.id());
    Future<Buffer> answer = call.response().compose(HttpClientResponse::body);

    call.write(Buffer.buffer(new byte[10]));

    assertThatThrownBy(() -> await(answer.toCompletionStage())).isNotNull();
  }

  @Test
  void receiverThatDoesNotRead_stopsTheSender() throws Exception {
    Promise<HttpServerRequest> arrived = Promise.promise();
    serve("r1", first, toHost(end));
    rawServer(
        call -> {
          call.pause();
          arrived.complete(call);
        });
    HttpClientRequest call = open(HOST.id());
    call.sendHead();
    HttpServerRequest receiver = await(arrived.future().toCompletionStage());
    long most = 64L << 20;
    Flood flood = new Flood(call, most);

    long stuck = await(flood.untilStuck(vertx).toCompletionStage());
    Promise<Long> received = Promise.promise();
    long[] count = new long[1];
    receiver.handler(data -> count[0] += data.length());
    receiver.endHandler(v -> received.complete(count[0]));
    receiver.resume();

    // Windows of both connections and queues on both sides, far from everything.
    assertThat(stuck).isLessThan(16L << 20);
    assertThat(await(received.future().toCompletionStage())).isEqualTo(most);
  }

  /** Writes as much as may be written, up to an end. */
  private static final class Flood {

    private static final Buffer PIECE = Buffer.buffer(new byte[64 << 10]);
    private static final int STUCK_LOOKS = 100;

    private final HttpClientRequest call;
    private final long most;
    private long written;
    private long seen = -1;
    private int looks;

    Flood(HttpClientRequest call, long most) {
      this.call = call;
      this.most = most;
    }

    /** How much was written when nothing more went for a while, or at the end. */
    Future<Long> untilStuck(Vertx vertx) {
      Promise<Long> stuck = Promise.promise();
      Context context = vertx.getOrCreateContext();
      call.drainHandler(v -> pump());
      context.runOnContext(v -> pump());
      vertx.setPeriodic(
          10,
          timer -> {
            looks = written == seen ? looks + 1 : 0;
            seen = written;
            if (looks == STUCK_LOOKS || written == most) {
              vertx.cancelTimer(timer);
              stuck.complete(written);
            }
          });
      return stuck.future();
    }

    private synchronized void pump() {
      while (written < most && !call.writeQueueFull()) {
        call.write(PIECE);
        written += PIECE.length();
        if (written == most) {
          call.end();
        }
      }
    }
  }

  private void rawServer(io.vertx.core.Handler<HttpServerRequest> handler) throws Exception {
    await(
        vertx
            .createHttpServer()
            .requestHandler(handler)
            .listen(end.port(), end.host())
            .toCompletionStage());
  }

  private HttpClientRequest open(String to) throws Exception {
    HttpClientAgent client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    HttpClientRequest call =
        await(
            client
                .request(
                    new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(first.host())
                        .setPort(first.port())
                        .setURI(PATH)
                        .putHeader(Protocol.TO_PARTY, to)
                        .putHeader("content-type", "application/grpc"))
                .toCompletionStage());
    call.setChunked(true);
    return call;
  }

  private static PartyCommand step() {
    return new PartyCommand.StartTask(new TaskId("job", "step", 0));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}
