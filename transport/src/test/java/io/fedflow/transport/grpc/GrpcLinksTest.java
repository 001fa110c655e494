package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.testkit.log.LogLines;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to the links by gRPC; what every link promises is in the contracts. */
class GrpcLinksTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final LinkOptions IMPATIENT =
      LinkOptions.DEFAULT.givingUpAfter(Duration.ofSeconds(1)).callingFor(Duration.ofMillis(300));

  private final Vertx vertx = Vertx.vertx();
  private final SiteAddress address = FreePort.address();
  private final RecordingEngine ownEngine = RecordingEngine.accepting();
  private final Mailboxes ownMailboxes = new Mailboxes();
  private final Mailboxes mailboxes = new Mailboxes();

  @AfterEach
  void close() throws Exception {
    await(vertx.close().toCompletionStage());
  }

  @Test
  void partyOfThisSite_isReachedWithoutNetwork() throws Exception {
    GrpcLinks links = links(RoutingTable.of(Map.of()), LinkOptions.DEFAULT, WireLimits.DEFAULT);

    await(links.send(GUEST, step(0)));
    links.deliver(envelope(GUEST, 10));

    assertThat(ownEngine.arrivals()).hasSize(1);
    assertThat(ownMailboxes.pending()).isEqualTo(1);
  }

  @Test
  void partyWithoutRoute_isUnreachableAtOnce() {
    GrpcLinks links = links(RoutingTable.of(Map.of()), LinkOptions.DEFAULT, WireLimits.DEFAULT);

    FedflowException command = failure(links.send(HOST, step(0)));
    FedflowException message =
        catchThrowableOfType(FedflowException.class, () -> links.deliver(envelope(HOST, 1)));

    assertThat(command.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(command.code()).isEqualTo("party.unreachable");
    assertThat(message.code()).isEqualTo("federation.unreachable");
    assertThat(command).hasMessageContaining("no route").hasMessageContaining("10000");
  }

  @Test
  void defaultRoute_isTakenForEveryOtherParty() throws Exception {
    RecordingEngine engine = RecordingEngine.accepting();
    serve(engine, WireLimits.DEFAULT);
    RoutingTable routing = new RoutingTable(Map.of(), Optional.of(Route.to(address)));
    GrpcLinks links = links(routing, LinkOptions.DEFAULT, WireLimits.DEFAULT);

    await(links.send(HOST, step(0)));

    assertThat(engine.arrivals()).hasSize(1);
    assertThat(failure(links.send(Party.of("host", "10001"), step(0))).code())
        .isEqualTo("party.not_served");
  }

  @Test
  void siteThatIsDown_isNamedWithAddressLastErrorAndRemedy() {
    FedflowException failure = failure(links(IMPATIENT).send(HOST, step(0)));

    assertThat(failure)
        .hasMessageContainingAll(
            HOST.toString(), address.toString(), "Connection refused", "check that its server");
  }

  @Test
  void siteThatNeverAnswers_leavesTheOutcomeUnknown() throws Exception {
    RecordingEngine engine = RecordingEngine.answering(command -> new CompletableFuture<>());
    serve(engine, WireLimits.DEFAULT);

    FedflowException failure = failure(links(IMPATIENT).send(HOST, step(0)));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN);
    assertThat(failure.code()).isEqualTo("party.unreachable");
    // Why the last attempt failed is up to the moment: it may have had a millisecond left.
    assertThat(failure).hasMessageContaining("may have arrived");
    assertThat(engine.arrivals()).hasSizeGreaterThan(1);
  }

  @Test
  void siteThatDiesWithACommandUnanswered_getsItAgainBeforeTheNext() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    PartyGrpcServer first =
        serve(
            RecordingEngine.answering(
                command -> {
                  arrived.countDown();
                  return new CompletableFuture<>();
                }),
            WireLimits.DEFAULT);
    GrpcLinks links = links(LinkOptions.DEFAULT);
    CompletionStage<Void> unanswered = links.send(HOST, step(0));
    CompletionStage<Void> next = links.send(HOST, step(1));
    assertThat(arrived.await(20, SECONDS)).isTrue();

    await(first.close());
    RecordingEngine restarted = RecordingEngine.accepting();
    serve(restarted, WireLimits.DEFAULT);

    await(unanswered);
    await(next);
    assertThat(restarted.about("job")).containsExactly(step(0), step(1));
  }

  @Test
  void foreignFailureOfTheEngine_isABugWithoutDetails() throws Exception {
    serve(
        RecordingEngine.answering(
            command -> CompletableFuture.failedStage(new IllegalStateException("secret"))),
        WireLimits.DEFAULT);

    FedflowException failure = failure(links(LinkOptions.DEFAULT).send(HOST, step(0)));

    assertThat(failure.kind()).isEqualTo(FailureKind.BUG);
    assertThat(failure.getMessage()).doesNotContain("secret").contains("IllegalStateException");
  }

  @Test
  void engineThatThrows_isAnsweredToo() throws Exception {
    serve(
        (to, command) -> {
          throw FedflowException.invalid("no.thanks", "no");
        },
        WireLimits.DEFAULT);

    assertThat(failure(links(LinkOptions.DEFAULT).send(HOST, step(0))).code())
        .isEqualTo("no.thanks");
  }

  @Test
  void tooManyWaitingCommands_areRefused() {
    LinkOptions options =
        new LinkOptions(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    GrpcLinks links = links(options);

    CompletionStage<Void> travelling = links.send(HOST, step(0));
    CompletionStage<Void> waiting = links.send(HOST, step(1));
    FedflowException refused = failure(links.send(HOST, step(2)));

    assertThat(refused.kind()).isEqualTo(FailureKind.EXHAUSTED);
    assertThat(refused.code()).isEqualTo("party.backlog");
    assertThat(failure(travelling).code()).isEqualTo("party.unreachable");
    assertThat(failure(waiting).code()).isEqualTo("party.unreachable");
  }

  @Test
  void commandAboveTheLimit_isRefusedBeforeItIsSent() {
    WireLimits small = new WireLimits(1000, 1 << 30, 1000, 1 << 20);
    GrpcLinks links = links(routeToHost(), LinkOptions.DEFAULT, small);

    FedflowException failure =
        failure(links.send(HOST, new PartyCommand.AskStop("job", "x".repeat(1000))));

    assertThat(failure.kind()).isEqualTo(FailureKind.EXHAUSTED);
    assertThat(failure.code()).isEqualTo("command.too_large");
  }

  @Test
  void commandAboveThePeersLimit_isRefusedOnce() throws Exception {
    serve(RecordingEngine.accepting(), new WireLimits(1000, 1 << 30, 1000, 1 << 20));

    FedflowException failure =
        failure(
            links(LinkOptions.DEFAULT)
                .send(HOST, new PartyCommand.AskStop("job", "x".repeat(10_000))));

    assertThat(failure.kind()).isEqualTo(FailureKind.EXHAUSTED);
    assertThat(failure.code()).isEqualTo("protocol.too_large");
  }

  @Test
  void payloadAboveThePeersLimit_isRefusedWhileItIsSent() throws Exception {
    serve(RecordingEngine.accepting(), WireLimits.DEFAULT.withPayloadBytes(1 << 20));
    GrpcLinks links = links(LinkOptions.DEFAULT);

    FedflowException failure =
        catchThrowableOfType(FedflowException.class, () -> links.deliver(envelope(HOST, 50 << 20)));
    links.deliver(envelope(HOST, 1 << 20));

    assertThat(failure.code()).isEqualTo("federation.too_large");
    assertThat(mailboxes.pending()).isEqualTo(1);
  }

  @Test
  void payloadAboveTheOwnLimit_isRefusedBeforeItIsSent() {
    GrpcLinks links =
        links(routeToHost(), LinkOptions.DEFAULT, WireLimits.DEFAULT.withPayloadBytes(10));

    FedflowException failure =
        catchThrowableOfType(FedflowException.class, () -> links.deliver(envelope(HOST, 11)));

    assertThat(failure.code()).isEqualTo("federation.too_large");
  }

  @Test
  void deliverOnAnEventLoop_isRefused() {
    GrpcLinks links = links(LinkOptions.DEFAULT);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();

    vertx.runOnContext(
        v -> thrown.complete(catchThrowable(() -> links.deliver(envelope(HOST, 1)))));

    assertThat(thrown.orTimeout(20, SECONDS).join()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closing_endsWhatIsOnItsWay_andWhatComesLater() throws Exception {
    GrpcLinks links = links(LinkOptions.DEFAULT);
    CompletionStage<Void> travelling = links.send(HOST, step(0));

    await(links.close());

    assertThat(failure(travelling)).hasMessageContaining("shuts down");
    assertThat(failure(links.send(HOST, step(1)))).hasMessageContaining("shuts down");
  }

  @Test
  void ping_tellsWhoIsThere() throws Exception {
    serve(RecordingEngine.accepting(), WireLimits.DEFAULT);

    Ping ping = await(links(LinkOptions.DEFAULT).ping(HOST.id(), 3));

    PeerInfo peer = ping.peer();
    assertThat(ping.address()).isEqualTo(address);
    assertThat(ping.micros()).hasSize(3).allMatch(micros -> micros > 0);
    assertThat(peer.partyIds()).containsExactly(HOST.id());
    assertThat(peer.oldestProtocol()).isEqualTo(Protocol.VERSION);
    assertThat(peer.newestProtocol()).isEqualTo(Protocol.VERSION);
    assertThat(peer.software()).startsWith("fedflow/");
  }

  @Test
  void ping_tellsHowFarTheClockIsOff_andWarnsOfIt() throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), RecordingEngine.accepting(), mailboxes),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            security(HOST.id()),
            () -> System.currentTimeMillis() - 3_600_000);
    await(server.listen(address.host(), address.port()));
    try (LogLines log = new LogLines("io.fedflow")) {
      Ping ping = await(links(LinkOptions.DEFAULT).ping(HOST.id(), 3));

      assertThat(ping.aheadMillis()).isBetween(-3_660_000L, -3_540_000L);
      log.await("clock of the site of party 10000", "behind");
    }
  }

  /** What protects the site of a party. */
  LinkSecurity security(String partyId) {
    return LinkSecurity.plaintext();
  }

  private PartyGrpcServer serve(PartyLink engine, WireLimits limits) throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), engine, mailboxes),
            new JacksonJsonCodec(),
            limits,
            security(HOST.id()));
    await(server.listen(address.host(), address.port()));
    return server;
  }

  private GrpcLinks links(LinkOptions options) {
    return links(routeToHost(), options, WireLimits.DEFAULT);
  }

  private GrpcLinks links(RoutingTable routing, LinkOptions options, WireLimits limits) {
    LocalSite own = new LocalSite(Set.of(GUEST.id()), ownEngine, ownMailboxes);
    return new GrpcLinks(
        vertx, own, routing, new JacksonJsonCodec(), options, limits, security(GUEST.id()));
  }

  private RoutingTable routeToHost() {
    return RoutingTable.of(Map.of(HOST.id(), address));
  }

  private static PartyCommand step(int number) {
    return new PartyCommand.StartTask(new TaskId("job", "step", number));
  }

  private static Envelope envelope(Party to, int bytes) {
    return new Envelope(
        new TaskId("job", "lr_0", 0),
        GUEST,
        to,
        MessageTag.of("block", bytes),
        Payload.ofBytes(new byte[bytes]));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  private static FedflowException failure(CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> await(stage));
    while (failure instanceof ExecutionException || failure instanceof CompletionException) {
      failure = failure.getCause();
    }
    assertThat(failure).isInstanceOf(FedflowException.class);
    return (FedflowException) failure;
  }
}
