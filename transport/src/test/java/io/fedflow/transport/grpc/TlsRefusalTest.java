package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Federation;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.TaskStatus;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is not let in, what both ends are told, and that the server goes on. */
class TlsRefusalTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final Duration YEAR = Duration.ofDays(365);
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);

  @TempDir static Path folder;

  private final TestIdentities identities = TestIdentities.in(folder);
  private final Vertx vertx = Vertx.vertx();
  private final RecordingEngine engine = RecordingEngine.accepting();
  private final Mailboxes mailboxes = new Mailboxes();
  private final SiteAddress address = FreePort.address();
  private LogLines log;

  @BeforeEach
  void serve() throws Exception {
    log = new LogLines("io.fedflow");
    serve(identities.security(HOST.id()));
  }

  private PartyGrpcServer serve(LinkSecurity security) throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), engine, mailboxes),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            security);
    await(server.listen(address.host(), address.port()));
    return server;
  }

  @AfterEach
  void serverIsHealthyAfterAll() throws Exception {
    int before = engine.arrivals().size();
    await(links(identities.security(GUEST.id())).send(HOST, start()));
    assertThat(engine.arrivals()).hasSize(before + 1);
    await(vertx.close().toCompletionStage());
    log.close();
  }

  /** All at once, since each tries again until its time is over. */
  @Test
  void whoeverCannotProveWhoItIs_isRefusedByName_andDisturbsNobody() throws Exception {
    Instant now = Instant.now();
    Map<String, LinkSecurity> callers =
        Map.of(
            "plaintext", LinkSecurity.plaintext(),
            "stranger", identities.strangerWhoTrustsUs(GUEST.id()),
            "other consortium", TestIdentities.in(folder).security(GUEST.id()),
            "expired", tls(now.minus(YEAR), Duration.ofDays(300)),
            "not yet", tls(now.plus(Duration.ofDays(2)), YEAR));
    Map<String, CompletionStage<Void>> sent = new HashMap<>();
    callers.forEach((who, security) -> sent.put(who, links(security).send(HOST, start())));

    await(links(identities.security(GUEST.id())).send(HOST, start()));

    assertThat(engine.arrivals()).hasSize(1);
    assertThat(unreachable(sent.get("plaintext"))).contains("speaks no TLS (--insecure)");
    assertThat(unreachable(sent.get("stranger")))
        .contains("the peer may not trust the certificate of this site, 'CN=party 9999'");
    assertThat(unreachable(sent.get("other consortium")))
        .contains("'CN=party 10000'", "its authority is unknown", "fedflow party trust");
    assertThat(unreachable(sent.get("expired")))
        .contains("this site's own certificate", "expired at", "party init --renew");
    assertThat(unreachable(sent.get("not yet")))
        .contains("this site's own certificate", "is not valid before", "clocks");
    assertThat(engine.arrivals()).hasSize(1);
    assertThat(log.lines().stream().filter(line -> line.contains("does not speak TLS"))).hasSize(1);
    assertThat(log.lines().stream().filter(line -> line.contains("its authority is unknown")))
        .hasSize(1);
  }

  @Test
  void callerWithoutACertificate_isRefused() {
    SSLContext context = TestIdentities.withoutCertificate(identities.live("1", now(), YEAR));

    assertThat(catchThrowable(() -> TestIdentities.talk(context, address)))
        .isInstanceOf(SSLException.class);
    log.await("the peer showed no certificate");
  }

  @Test
  void callerWhoseClockIsWrong_isMeasuredByTheServers() {
    // It believes that its certificate holds still.
    LiveIdentity late =
        new LiveIdentity(
            identities.folder(GUEST.id(), now().minus(YEAR), Duration.ofDays(300)).load(),
            InstantSource.fixed(now().minus(Duration.ofDays(100))));
    LiveIdentity punctual = identities.live("1", now(), YEAR);
    TestIdentities.talkQuietly(TestIdentities.context(late, punctual), address);

    log.await("'CN=party 9999'", "expired at");
  }

  @Test
  void serverOfAnotherParty_isNotTalkedTo() {
    RoutingTable wrong = RoutingTable.of(Map.of("10001", address));
    GrpcLinks links = links(identities.security(GUEST.id()), wrong);

    assertThat(unreachable(links.send(Party.of("host", "10001"), start())))
        .contains("not that of party 10001", "parties [10000]", "correct the route");
    assertThat(engine.arrivals()).isEmpty();
  }

  @Test
  void siteThatSpeaksForAnother_isRefusedAtOnce() {
    FedflowException command = failure(links(identities.security("10001")).send(HOST, start()));
    FedflowException envelope =
        catchThrowableOfType(
            FedflowException.class,
            () -> links(identities.security("10001")).deliver(envelope(GUEST)));

    assertThat(List.of(command, envelope))
        .allSatisfy(
            refused -> {
              assertThat(refused.code()).isEqualTo("party.not_certified");
              assertThat(refused).hasMessageContainingAll("from", "[9999]", "[10001]");
            });
    assertThat(engine.arrivals()).isEmpty();
    assertThat(mailboxes.pending()).isZero();
  }

  static Stream<PartyCommand> commandsOfOthers() {
    Party other = Party.of("host", "10001");
    return Stream.of(
        new PartyCommand.CreateJob("job", Map.of(), Map.of(), other, 1, 1),
        new PartyCommand.ReportTask(
            TASK, other, TaskStatus.SUCCESS, "", false, new Federation.Traffic(0, 0, 0, 0)),
        new PartyCommand.AskAlign("job", List.of(GUEST, other), 0),
        new PartyCommand.SlotsGranted("job", 1, Map.of(other, 1)));
  }

  @ParameterizedTest
  @MethodSource("commandsOfOthers")
  void commandInTheNameOfAnother_isRefused(PartyCommand command) {
    FedflowException refused = failure(links(identities.security(GUEST.id())).send(HOST, command));

    assertThat(refused.code()).isEqualTo("party.not_certified");
    assertThat(refused).hasMessageContainingAll("10001", "allowed", "[9999]");
    assertThat(engine.arrivals()).isEmpty();
  }

  /** Otherwise any member could speak for any other by way of the exchange. */
  @Test
  void relay_tellsWhomACallComesFrom_andNobodyElseMay() throws Exception {
    SiteAddress exchange = FreePort.address();
    relay(exchange, identities.relay("777"));
    RoutingTable through = RoutingTable.of(Map.of(HOST.id(), exchange));

    await(links(identities.security(GUEST.id()), through).send(HOST, start()));
    FedflowException refused =
        failure(links(identities.security("10001"), through).send(HOST, start()));

    assertThat(refused.code()).isEqualTo("party.not_certified");
    assertThat(refused).hasMessageContainingAll("[9999]", "[10001]");
    assertThat(engine.arrivals()).hasSize(1);
  }

  @Test
  void siteThatIsNoRelay_isNotSentWhatIsForOthers() throws Exception {
    SiteAddress exchange = FreePort.address();
    relay(exchange, identities.security("777"));
    RoutingTable through = RoutingTable.of(Map.of(HOST.id(), exchange));

    assertThat(unreachable(links(identities.security(GUEST.id()), through).send(HOST, start())))
        .contains("not that of party 10000", "parties [777]");
    assertThat(engine.arrivals()).isEmpty();
  }

  private void relay(SiteAddress at, LinkSecurity security) throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of("777"), RecordingEngine.accepting(), new Mailboxes()),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            security);
    RoutingTable onward = RoutingTable.of(Map.of(HOST.id(), address));
    server.relay(() -> onward, LinkOptions.DEFAULT);
    await(server.listen(at.host(), at.port()));
  }

  private LinkSecurity tls(Instant from, Duration lifetime) {
    return LinkSecurity.tls(identities.live(GUEST.id(), from, lifetime));
  }

  private static Instant now() {
    return Instant.now();
  }

  private static String unreachable(CompletionStage<?> stage) {
    FedflowException failure = failure(stage);
    assertThat(failure.code()).isEqualTo("party.unreachable");
    return failure.getMessage();
  }

  private static FedflowException failure(CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> await(stage));
    while (failure instanceof ExecutionException) {
      failure = failure.getCause();
    }
    assertThat(failure).isInstanceOf(FedflowException.class);
    return (FedflowException) failure;
  }

  private static Envelope envelope(Party from) {
    return new Envelope(TASK, from, HOST, MessageTag.of("block"), Payload.ofBytes(new byte[10]));
  }

  private GrpcLinks links(LinkSecurity security) {
    return links(security, RoutingTable.of(Map.of(HOST.id(), address)));
  }

  private GrpcLinks links(LinkSecurity security, RoutingTable routing) {
    return new GrpcLinks(
        vertx,
        new LocalSite(Set.of(GUEST.id()), RecordingEngine.accepting(), new Mailboxes()),
        routing,
        new JacksonJsonCodec(),
        LinkOptions.DEFAULT.givingUpAfter(Duration.ofSeconds(15)),
        WireLimits.DEFAULT,
        security);
  }

  private static PartyCommand start() {
    return new PartyCommand.StartTask(TASK);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}
