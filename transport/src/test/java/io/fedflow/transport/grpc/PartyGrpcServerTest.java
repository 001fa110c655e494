package io.fedflow.transport.grpc;

import static io.fedflow.transport.grpc.RawCaller.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Mailboxes;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.CommandReply;
import io.fedflow.transport.grpc.wire.CommandRequest;
import io.fedflow.transport.grpc.wire.CreateJob;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.Outcome;
import io.fedflow.transport.grpc.wire.PayloadFormat;
import io.fedflow.transport.grpc.wire.Piece;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the port says to callers that break the protocol, and that it survives them. */
class PartyGrpcServerTest {

  private static final String SEND = "CommandService/Send";
  private static final String EXCHANGE = "FederationService/Exchange";
  private static final int INVALID_ARGUMENT = 3;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNIMPLEMENTED = 12;
  private static final WireLimits LIMITS = new WireLimits(1 << 20, 1000, 256 << 10, 1 << 20);
  private static final Party HOST = Party.of("host", "10000");
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);

  private final Vertx vertx = Vertx.vertx();
  private final RecordingEngine engine = RecordingEngine.accepting();
  private final Mailboxes mailboxes = new Mailboxes();
  private final JacksonJsonCodec json = new JacksonJsonCodec();
  private SiteAddress address;
  private RawCaller caller;

  @BeforeEach
  void start() throws Exception {
    LocalSite site = new LocalSite(Set.of(HOST.id()), engine, mailboxes);
    PartyGrpcServer server =
        new PartyGrpcServer(vertx, site, json, LIMITS, LinkSecurity.plaintext());
    int port = server.listen("127.0.0.1", 0).toCompletableFuture().get();
    address = new SiteAddress("127.0.0.1", port);
    caller = new RawCaller(vertx, address);
  }

  @AfterEach
  void serverIsHealthyAfterAll() {
    int before = engine.arrivals().size();
    assertThat(command(goodCommand()).hasDone()).isTrue();
    assertThat(engine.arrivals()).hasSize(before + 1);
    RawCaller.await(vertx.close());
  }

  @Test
  void commandForAnotherParty_isRefused() {
    CommandRequest request =
        goodCommand().toBuilder().setTo(IdentityCodec.write(Party.of("host", "10001"))).build();

    assertRefused(command(request), FailureKind.INVALID, "party.not_served", "host:10001", "10000");
    assertThat(engine.arrivals()).isEmpty();
  }

  @Test
  void envelopeForAnotherParty_isRefused() {
    EnvelopeHeader header =
        goodHeader(0).setTo(IdentityCodec.write(Party.of("host", "10001"))).build();

    assertRefused(
        deliver(opening(header)), FailureKind.INVALID, "party.not_served", "host:10001", "10000");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, -1})
  void unknownProtocolVersion_isRefusedByName(int version) {
    String found = Integer.toUnsignedString(version);

    assertRefused(
        command(goodCommand().toBuilder().setProtocol(version).build()),
        FailureKind.PEER,
        "protocol.version",
        "version " + found);
    assertRefused(
        deliver(opening(goodHeader(0).setProtocol(version).build())),
        FailureKind.PEER,
        "protocol.version",
        "version " + found);
  }

  @Test
  void commandOfALaterRelease_isRefused() {
    assertRefused(
        command(goodCommand().toBuilder().clearCommand().build()),
        FailureKind.PEER,
        "protocol.unknown_command",
        "later release");
  }

  static Stream<Arguments> malformedCommands() {
    CommandRequest good = goodCommand();
    CreateJob create =
        CreateJob.newBuilder()
            .setJobId("job")
            .setInitiator(IdentityCodec.write(HOST))
            .setDsl(ByteString.copyFromUtf8("{}"))
            .setConf(ByteString.copyFromUtf8("{}"))
            .build();
    ByteString list = ByteString.copyFromUtf8("[]");
    ByteString notUtf8 = ByteString.copyFrom(new byte[] {'"', (byte) 0xff, '"'});
    return Stream.of(
        Arguments.of(good.toBuilder().clearTo().build(), "role"),
        Arguments.of(
            good.toBuilder().setCreateJob(create.toBuilder().clearJobId()).build(), "job id"),
        Arguments.of(good.toBuilder().setCreateJob(create.toBuilder().setDsl(list)).build(), "dsl"),
        Arguments.of(
            good.toBuilder().setCreateJob(create.toBuilder().setConf(notUtf8)).build(), "conf"),
        Arguments.of(
            good.toBuilder()
                .setTellJobStatus(
                    io.fedflow.transport.grpc.wire.TellJobStatus.newBuilder()
                        .setJobId("job")
                        .setStatus("dancing"))
                .build(),
            "dancing"));
  }

  @ParameterizedTest
  @MethodSource("malformedCommands")
  void malformedCommand_isRefused_namingTheField(CommandRequest request, String field) {
    assertRefused(command(request), FailureKind.PEER, "protocol.malformed", field);
  }

  @Test
  void brokenDocument_isRefused_asTheCodecRefusesIt() {
    CreateJob create =
        CreateJob.newBuilder()
            .setJobId("job")
            .setInitiator(IdentityCodec.write(HOST))
            .setDsl(ByteString.copyFromUtf8("{\"components\": "))
            .setConf(ByteString.copyFromUtf8("{}"))
            .build();

    assertRefused(
        command(goodCommand().toBuilder().setCreateJob(create).build()),
        FailureKind.INVALID,
        "json.malformed",
        "line");
  }

  static Stream<Arguments> brokenDeliveries() {
    Buffer header = opening(goodHeader(10).build());
    return Stream.of(
        Arguments.of(Buffer.buffer(), "without a header"),
        Arguments.of(piece(0, 10), "a piece before the header"),
        Arguments.of(header.copy().appendBuffer(header), "second header"),
        Arguments.of(header.copy().appendBuffer(piece(0, 11)), "more bytes"),
        Arguments.of(header.copy().appendBuffer(piece(0, 9)), "found 9 bytes"),
        Arguments.of(header.copy().appendBuffer(piece(1, 9)), "offset: found 1, expected 0"),
        Arguments.of(
            header.copy().appendBuffer(piece(0, 6)).appendBuffer(piece(4, 4)),
            "offset: found 4, expected 6"),
        Arguments.of(header.copy().appendBuffer(piece(-1, 1)), "18446744073709551615"),
        Arguments.of(
            opening(goodHeader(10).setChecksum(1).build()).appendBuffer(piece(0, 10)), "checksum"),
        Arguments.of(frame(Frame.getDefaultInstance().toByteArray()), "nothing known"),
        Arguments.of(opening(goodHeader(10).clearFormat().build()), "payload format"),
        Arguments.of(opening(goodHeader(10).clearTag().build()), "message tag"),
        Arguments.of(opening(goodHeader(10).clearTransfer().build()), "transfer"),
        Arguments.of(opening(goodHeader(10).setTransfer("x".repeat(65)).build()), "transfer"),
        Arguments.of(opening(goodHeader(10).clearTask().build()), "job id"));
  }

  @ParameterizedTest
  @MethodSource("brokenDeliveries")
  void brokenDelivery_isRefused_andDeliversNothing(Buffer body, String why) {
    assertRefused(deliver(body), FailureKind.PEER, "protocol.malformed", why);
    assertThat(mailboxes.pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1001, 1L << 40, -1})
  void payloadAboveTheLimit_isRefusedAtItsHeader(long size) {
    assertRefused(
        deliver(opening(goodHeader(size).build())),
        FailureKind.EXHAUSTED,
        "federation.too_large",
        Long.toUnsignedString(size),
        "1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {SEND, EXCHANGE})
  void bytesThatAreNoMessage_areAnsweredInvalid(String method) {
    // A field of 127 bytes with fewer behind it.
    for (int size = 2; size < 120; size += 13) {
      byte[] cutShort = new byte[size];
      cutShort[0] = 0x0a;
      cutShort[1] = 0x7f;

      RawCaller.Answer answer = caller.call(method, frame(cutShort));

      assertThat(answer.status()).isEqualTo(INVALID_ARGUMENT);
      assertThat(answer.message()).isNotEmpty();
    }
  }

  @Test
  void callWithoutMessage_isAnsweredInvalid() {
    assertThat(caller.call(SEND, Buffer.buffer()).status()).isEqualTo(INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {SEND, EXCHANGE})
  void messageAboveTheLimit_isAnsweredExhausted(String method) {
    assertThat(caller.call(method, frame(new byte[2 << 20])).status())
        .isEqualTo(RESOURCE_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {SEND, EXCHANGE})
  void compressedMessage_isAnsweredUnimplemented(String method) {
    assertThat(caller.call(method, frame(1, new byte[20]), "gzip").status())
        .isEqualTo(UNIMPLEMENTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {SEND, EXCHANGE})
  void messageThatClaimsACompressionNobodyNamed_isRefused(String method) {
    assertThat(caller.call(method, frame(1, new byte[20])).status()).isEqualTo(INVALID_ARGUMENT);
  }

  @Test
  void unknownMethod_isAnsweredUnimplemented() {
    assertThat(caller.call("CommandService/Destroy", frame(new byte[0])).status())
        .isEqualTo(UNIMPLEMENTED);
  }

  @Test
  void noiseOnTheSocket_endsOnlyThatConnection() {
    byte[] noise = new byte[4096];
    new Random(3).nextBytes(noise);

    NetSocket socket =
        RawCaller.await(vertx.createNetClient().connect(address.port(), address.host()));
    io.vertx.core.Promise<Void> closed = io.vertx.core.Promise.promise();
    socket.closeHandler(v -> closed.complete());
    socket.write(Buffer.buffer(noise));

    RawCaller.await(closed.future());
  }

  @Test
  void goodDelivery_isAnsweredDone() throws Exception {
    assertThat(
            deliver(
                    opening(goodHeader(10).build())
                        .appendBuffer(piece(0, 4))
                        .appendBuffer(piece(4, 0))
                        .appendBuffer(piece(4, 6)))
                .hasDone())
        .isTrue();
    assertThat(mailboxes.pending()).isEqualTo(1);
  }

  private Outcome command(CommandRequest request) {
    RawCaller.Answer answer = caller.call(SEND, frame(request.toByteArray()));
    try {
      return CommandReply.parseFrom(answer.reply()).getOutcome();
    } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
  }

  private Outcome deliver(Buffer body) {
    List<Ack> answers = caller.call(EXCHANGE, body).replies(Ack.parser());
    return answers.get(answers.size() - 1).getOutcome();
  }

  private static void assertRefused(
      Outcome outcome, FailureKind kind, String code, String... words) {
    assertThatThrownBy(() -> FailureCodec.read(outcome))
        .isInstanceOfSatisfying(
            FedflowException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(kind);
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.getMessage()).contains(words);
            });
  }

  private static CommandRequest goodCommand() {
    return new CommandCodec(new JacksonJsonCodec())
        .write("id", Set.of("9999"), HOST, new PartyCommand.StartTask(TASK));
  }

  private static EnvelopeHeader.Builder goodHeader(long size) {
    return EnvelopeHeader.newBuilder()
        .setProtocol(Protocol.VERSION)
        .setTask(IdentityCodec.write(TASK))
        .setFrom(IdentityCodec.write(Party.of("guest", "9999")))
        .setTo(IdentityCodec.write(HOST))
        .setTag("gradient")
        .setFormat(PayloadFormat.PAYLOAD_FORMAT_BYTES)
        .setSize(size)
        .setTransfer("first")
        .setChecksum(checksumOfZeros(10));
  }

  private static int checksumOfZeros(int size) {
    CRC32C checksum = new CRC32C();
    checksum.update(new byte[size]);
    return (int) checksum.getValue();
  }

  private static Buffer opening(EnvelopeHeader header) {
    return frame(Frame.newBuilder().setHeader(header).build().toByteArray());
  }

  private static Buffer piece(long offset, int size) {
    return frame(
        Frame.newBuilder()
            .setPiece(
                Piece.newBuilder().setOffset(offset).setData(ByteString.copyFrom(new byte[size])))
            .build()
            .toByteArray());
  }
}
