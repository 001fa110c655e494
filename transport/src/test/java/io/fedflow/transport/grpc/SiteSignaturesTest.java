package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.identity.Pem;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.key.PartnerKeys;
import io.fedflow.key.StoredPartnerKeys;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.testkit.log.LogLines;
import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.CommandReply;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.Outcome;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a site that asks for signatures takes, and that it goes on after what it refuses. */
class SiteSignaturesTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);
  private static final String SEND = "CommandService/Send";
  private static final String EXCHANGE = "FederationService/Exchange";

  private static KeyPair guestKey;
  private static KeyPair hostKey;
  private static KeyPair otherKey;

  @TempDir static Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final RecordingEngine engine = RecordingEngine.accepting();
  private final Mailboxes mailboxes = new Mailboxes();
  private final PartnerKeys partners = new StoredPartnerKeys(MemoryStores.create().blobs());
  private final SiteAddress address = FreePort.address();
  private LogLines log;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    guestKey = generator.generateKeyPair();
    hostKey = generator.generateKeyPair();
    otherKey = generator.generateKeyPair();
  }

  @BeforeEach
  void serve() throws Exception {
    log = new LogLines("io.fedflow");
    partners.save(GUEST.id(), pem(guestKey));
    serve(address, LinkSecurity.plaintext().signing(by(hostKey, InstantSource.system())));
  }

  private void serve(SiteAddress at, LinkSecurity security) throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), engine, mailboxes),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            security);
    await(server.listen(at.host(), at.port()));
  }

  /** Whatever was refused before: who signs as it should is heard. */
  @AfterEach
  void serverIsHealthyAfterAll() throws Exception {
    partners.save(GUEST.id(), pem(guestKey));
    int before = engine.arrivals().size();
    await(links(guestKey).send(HOST, start()));
    assertThat(engine.arrivals()).hasSize(before + 1);
    await(vertx.close().toCompletionStage());
    log.close();
  }

  private static String pem(KeyPair pair) {
    return new Pem("PUBLIC KEY", pair.getPublic().getEncoded()).text();
  }

  private SiteSignatures by(KeyPair pair, InstantSource clock) {
    return new SiteSignatures(pair.getPrivate(), partners, clock);
  }

  private GrpcLinks links(KeyPair key) {
    return links(LinkSecurity.plaintext().signing(by(key, InstantSource.system())), address);
  }

  private GrpcLinks links(LinkSecurity security, SiteAddress at) {
    return new GrpcLinks(
        vertx,
        new LocalSite(Set.of(GUEST.id()), RecordingEngine.accepting(), new Mailboxes()),
        RoutingTable.of(Map.of(HOST.id(), at)),
        new JacksonJsonCodec(),
        LinkOptions.DEFAULT.givingUpAfter(Duration.ofSeconds(30)),
        WireLimits.DEFAULT,
        security);
  }

  private static PartyCommand start() {
    return new PartyCommand.StartTask(TASK);
  }

  private static Envelope envelope(int size) {
    byte[] bytes = new byte[size];
    new java.util.Random(size).nextBytes(bytes);
    return new Envelope(TASK, GUEST, HOST, MessageTag.of("block", size), Payload.ofBytes(bytes));
  }

  private void refused(GrpcLinks links, String code, String... words) {
    FedflowException command = failure(links.send(HOST, start()));
    FedflowException question =
        failure(links.ask(HOST, new PartyQuestion.CheckApproval(TASK.jobId())));
    FedflowException envelope =
        catchThrowableOfType(FedflowException.class, () -> links.deliver(envelope(1000)));
    for (FedflowException failure : new FedflowException[] {command, question, envelope}) {
      assertThat(failure.code()).isEqualTo(code);
      assertThat(failure).hasMessageContainingAll(words);
    }
    assertThat(engine.arrivals()).isEmpty();
    assertThat(mailboxes.pending()).isZero();
    // One line, though three calls were refused.
    assertThat(log.lines().stream().filter(line -> line.contains('[' + code + ']'))).hasSize(1);
  }

  @Test
  void rightSignature_isBelieved() throws Exception {
    engine.questions(
        (to, question) -> CompletableFuture.completedStage(new PartyAnswer.Approval(true, 5)));
    GrpcLinks links = links(guestKey);

    await(links.send(HOST, start()));
    assertThat(await(links.ask(HOST, new PartyQuestion.CheckApproval("job"))))
        .isEqualTo(new PartyAnswer.Approval(true, 5));
    for (int size : new int[] {0, 1000, 3_000_000}) {
      links.deliver(envelope(size));
      assertThat(mailboxes.take(envelope(size).key(), 0)).isEqualTo(envelope(size).payload());
    }
    assertThat(engine.arrivals()).hasSize(1);
  }

  @Test
  void missingSignature_isRefused() {
    refused(links(LinkSecurity.plaintext(), address), "site.unsigned", "--site-auth");
  }

  @Test
  void signatureByAnotherKey_isRefused() {
    refused(links(otherKey), "site.signature", "[9999]");
  }

  @Test
  void signatureOfAnUnknownParty_isRefused() {
    partners.delete(GUEST.id());

    refused(links(guestKey), "site.key_unknown", "party 9999", "key/public/save");
  }

  @Test
  void signatureOfYesterday_isRefused() {
    InstantSource clock = InstantSource.fixed(Instant.now().minus(Duration.ofDays(1)));

    refused(
        links(LinkSecurity.plaintext().signing(by(guestKey, clock)), address),
        "site.stale",
        "ms ago",
        "allowed 60000 ms");
  }

  @Test
  void signatureOfTomorrow_isRefused() {
    InstantSource clock = InstantSource.fixed(Instant.now().plus(Duration.ofDays(1)));

    refused(
        links(LinkSecurity.plaintext().signing(by(guestKey, clock)), address),
        "site.stale",
        "ms ahead");
  }

  @Test
  void commandThatIsSentAgain_isRefused() {
    byte[] message = command(start());
    MultiMap headers = signed(SEND, message);

    assertThat(outcome(message, headers).hasDone()).isTrue();
    assertFailure(outcome(message, headers), "site.replayed", "used before");
    assertThat(engine.arrivals()).hasSize(1);
    assertThat(log.lines().stream().filter(line -> line.contains("[site.replayed]"))).hasSize(1);
  }

  @Test
  void envelopeThatIsSentAgain_isRefused() {
    OutgoingEnvelope sent = new OutgoingEnvelope(envelope(100), true, false);
    MultiMap headers = signed(EXCHANGE, sent.opening().toByteArray());
    Buffer body =
        frame(sent.opening())
            .appendBuffer(RawCaller.frame(sent.piece(0, 100, Optional.empty()).getBytes()));

    assertThat(outcome(body, headers).hasDone()).isTrue();
    assertFailure(outcome(body, headers), "site.replayed", "used before");
  }

  @Test
  void changedMessage_isRefused() {
    MultiMap headers = signed(SEND, command(start()));
    byte[] changed = command(new PartyCommand.StartTask(new TaskId("job", "lr_0", 1)));

    assertFailure(outcome(changed, headers), "site.signature", "changed on the way");
    assertThat(engine.arrivals()).isEmpty();
  }

  @Test
  void changedHeaderOrPayloadOfAnEnvelope_isRefused() {
    OutgoingEnvelope sent = new OutgoingEnvelope(envelope(100), true, false);
    Frame opening = sent.opening();
    Frame another =
        Frame.newBuilder().setHeader(opening.getHeader().toBuilder().setTag("other")).build();
    Frame forged = Frame.newBuilder().setPiece(EnvelopeCodec.piece(new byte[100], 0, 100)).build();
    // Whoever changes the bytes can correct their checksum, but no digest that is signed.
    Frame summed =
        Frame.newBuilder()
            .setHeader(
                opening.getHeader().toBuilder()
                    .setDigest(ByteString.copyFrom(SiteSignatures.sha256(new byte[100]))))
            .build();

    assertFailure(
        outcome(
            frame(another)
                .appendBuffer(RawCaller.frame(sent.piece(0, 100, Optional.empty()).getBytes())),
            signed(EXCHANGE, opening.toByteArray())),
        "site.signature",
        "changed");
    assertFailure(
        outcome(frame(summed).appendBuffer(frame(forged)), signed(EXCHANGE, opening.toByteArray())),
        "site.signature",
        "changed");
    int checksum = EnvelopeCodec.header(zeros(), "t").getChecksum();
    Frame lying =
        Frame.newBuilder().setHeader(opening.getHeader().toBuilder().setChecksum(checksum)).build();
    assertFailure(
        outcome(frame(lying).appendBuffer(frame(forged)), signed(EXCHANGE, lying.toByteArray())),
        "protocol.malformed",
        "SHA-256");
    assertThat(mailboxes.pending()).isZero();
  }

  private static Envelope zeros() {
    return new Envelope(TASK, GUEST, HOST, MessageTag.of("block"), Payload.ofBytes(new byte[100]));
  }

  @Test
  void signatureForAnotherMethodPartyOrWithHalfItsHeaders_isRefused() {
    byte[] message = command(start());
    MultiMap asked = signed("CommandService/Ask", message);
    MultiMap elsewhere = MultiMap.caseInsensitiveMultiMap();
    by(guestKey, InstantSource.system())
        .sign(elsewhere, SEND, message, Set.of(GUEST.id()), "10001");
    MultiMap half = signed(SEND, message).remove("fedflow-site-nonce");
    MultiMap noise = signed(SEND, message).set("fedflow-site-signature", "§");
    MultiMap empty = signed(SEND, message).set("fedflow-site-signature", "");

    for (MultiMap headers : new MultiMap[] {asked, elsewhere, half, noise, empty}) {
      assertFailure(outcome(message, headers), "site.signature", "");
    }
    assertThat(engine.arrivals()).isEmpty();
  }

  /** The certificate at the host's port is the relay's; the signature is still the guest's. */
  @Test
  void signatureHoldsThroughARelay_alsoOneThatSpeaksForOthers() throws Exception {
    TestIdentities identities = TestIdentities.in(folder);
    SiteAddress behind = FreePort.address();
    serve(behind, identities.security(HOST.id()).signing(by(hostKey, InstantSource.system())));
    SiteAddress exchange = FreePort.address();
    PartyGrpcServer relay =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of("777"), RecordingEngine.accepting(), new Mailboxes()),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            identities.relay("777"));
    RoutingTable onward = RoutingTable.of(Map.of(HOST.id(), behind));
    relay.relay(() -> onward, LinkOptions.DEFAULT);
    await(relay.listen(exchange.host(), exchange.port()));
    LinkSecurity guest = identities.security(GUEST.id());

    GrpcLinks signing = links(guest.signing(by(guestKey, InstantSource.system())), exchange);
    await(signing.send(HOST, start()));
    signing.deliver(envelope(200_000));

    assertThat(engine.arrivals()).hasSize(1);
    assertThat(mailboxes.take(envelope(200_000).key(), 0)).isEqualTo(envelope(200_000).payload());
    FedflowException forged =
        failure(
            links(guest.signing(by(otherKey, InstantSource.system())), exchange)
                .send(HOST, start()));
    assertThat(forged.code()).isEqualTo("site.signature");
    assertThat(failure(links(guest, exchange).send(HOST, start())).code())
        .isEqualTo("site.unsigned");
  }

  private static byte[] command(PartyCommand command) {
    return new CommandCodec(new JacksonJsonCodec())
        .write("id", Set.of(GUEST.id()), HOST, command)
        .toByteArray();
  }

  private MultiMap signed(String method, byte[] message) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    by(guestKey, InstantSource.system())
        .sign(headers, method, message, Set.of(GUEST.id()), HOST.id());
    return headers;
  }

  private Outcome outcome(byte[] command, MultiMap headers) {
    RawCaller.Answer answer =
        new RawCaller(vertx, address).call(SEND, RawCaller.frame(command), null, headers);
    assertThat(answer.status()).as("%s", answer.message()).isZero();
    try {
      return CommandReply.parseFrom(answer.reply()).getOutcome();
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
  }

  private Outcome outcome(Buffer body, MultiMap headers) {
    RawCaller.Answer answer = new RawCaller(vertx, address).call(EXCHANGE, body, null, headers);
    assertThat(answer.status()).as("%s", answer.message()).isZero();
    var acks = answer.replies(Ack.parser());
    return acks.get(acks.size() - 1).getOutcome();
  }

  private static Buffer frame(Frame frame) {
    return RawCaller.frame(frame.toByteArray());
  }

  private static void assertFailure(Outcome outcome, String code, String words) {
    assertThat(outcome.getFailure().getCode()).as("%s", outcome).isEqualTo(code);
    assertThat(outcome.getFailure().getMessage()).contains(words).isNotEmpty();
  }

  private static FedflowException failure(CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> await(stage));
    while (failure instanceof ExecutionException) {
      failure = failure.getCause();
    }
    assertThat(failure).isInstanceOf(FedflowException.class);
    return (FedflowException) failure;
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}
