package io.fedflow.transport.grpc;

import static io.fedflow.transport.grpc.RawCaller.frame;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.Failure;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.Piece;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deflated pieces that are not what they say. */
class HostilePiecesTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final byte[] ZEROS = new byte[8 << 20];

  private final Vertx vertx = Vertx.vertx();
  private final Mailboxes mailboxes = new Mailboxes();
  private RawCaller caller;

  @BeforeEach
  void serve() throws Exception {
    caller = caller(WireLimits.DEFAULT);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, SECONDS);
  }

  private RawCaller caller(WireLimits limits) throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), RecordingEngine.accepting(), mailboxes),
            new JacksonJsonCodec(),
            limits,
            LinkSecurity.plaintext());
    int port = server.listen("127.0.0.1", 0).toCompletableFuture().get(60, SECONDS);
    return new RawCaller(vertx, new SiteAddress("127.0.0.1", port));
  }

  @Test
  void goodOne_isTaken_insideTheHeaderAndAfterIt() throws Exception {
    byte[] bytes = Arrays.copyOf(ZEROS, 60_000);
    Piece piece = piece(deflated(bytes.length), bytes.length);

    assertThat(last(caller, 1, bytes, piece, false).getOutcome().hasDone()).isTrue();
    assertThat(last(caller, 2, bytes, piece, true).getOutcome().hasDone()).isTrue();

    assertThat(mailboxes.take(envelope(1, bytes).key(), 0).bytes()).isEqualTo(bytes);
    assertThat(mailboxes.take(envelope(2, bytes).key(), 0).bytes()).isEqualTo(bytes);
  }

  @Test
  void bomb_isRefused() {
    assertThat(refusal(piece(deflated(ZEROS.length), 1000)).getMessage())
        .isEqualTo("deflated piece: inflates past the 1000 bytes that it names");
  }

  @Test
  void pieceThatNamesMoreThanAllowed_isRefused() {
    assertThat(refusal(piece(deflated(ZEROS.length), ZEROS.length)).getMessage())
        .isEqualTo("deflated piece: found 8388608 bytes that it inflates to, allowed 1048576");
    assertThat(refusal(piece(deflated(ZEROS.length), -1)).getMessage())
        .contains("found 4294967295 bytes");
  }

  @Test
  void pieceBeyondWhatWasAsked_isRefused() {
    Ack last = last(caller, 0, ZEROS, piece(deflated(70_000), 70_000), true);

    assertThat(last.getOutcome().getFailure().getMessage())
        .isEqualTo("found bytes up to 70000, taken up to the limit 65536");
  }

  @Test
  void piecesOfOtherLength_orDamaged_areRefused() {
    ByteString deflated = deflated(1000);

    assertThat(refusal(piece(deflated, 1001)).getMessage()).contains("found 1000 bytes");
    assertThat(refusal(piece(deflated.substring(0, deflated.size() - 2), 1000)).getMessage())
        .contains("its end is missing");
    assertThat(refusal(piece(deflated.concat(ByteString.copyFromUtf8("xy")), 1000)).getMessage())
        .contains("2 bytes follow");
    assertThat(refusal(piece(ByteString.copyFromUtf8("no zlib at all"), 1000)).getMessage())
        .contains("cannot be inflated");
    assertThat(refusal(piece(ByteString.EMPTY, 1000)).getMessage()).contains("found 0 bytes");
  }

  @Test
  void siteThatTakesNone_saysSo() throws Exception {
    RawCaller plain = caller(WireLimits.DEFAULT.withoutDeflating());

    Ack last = last(plain, 0, ZEROS, piece(deflated(1000), 1000), true);

    assertThat(last.getOutcome().getFailure().getMessage()).contains("does not take");
  }

  @Test
  void framesWrittenByHand_areThoseOfProtobuf() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(5).nextBytes(bytes);
    for (long offset : new long[] {0, 1, 127, 128, 1 << 20, Integer.MAX_VALUE}) {
      for (int length : new int[] {1, 127, 128, 16_384, 262_144}) {
        Buffer plain = PieceFrame.write(offset, 0, bytes, 17, length);
        Buffer deflated = PieceFrame.write(offset, 1 << 20, bytes, 17, length);

        Piece expected =
            Piece.newBuilder()
                .setOffset(offset)
                .setData(ByteString.copyFrom(bytes, 17, length))
                .build();
        assertThat(Frame.parseFrom(plain.getBytes()).getPiece()).isEqualTo(expected);
        assertThat(Frame.parseFrom(deflated.getBytes()).getPiece())
            .isEqualTo(expected.toBuilder().setInflated(1 << 20).build());
      }
    }
  }

  private Failure refusal(Piece piece) {
    Failure inHeader = last(caller, 0, ZEROS, piece, true).getOutcome().getFailure();
    Failure after = last(caller, 0, ZEROS, piece, false).getOutcome().getFailure();
    assertThat(inHeader).isEqualTo(after);
    assertThat(after.getCode()).isEqualTo("protocol.malformed");
    return after;
  }

  private static Ack last(
      RawCaller caller, int number, byte[] bytes, Piece piece, boolean inHeader) {
    Frame opening =
        EnvelopeCodec.opening(
            EnvelopeCodec.header(envelope(number, bytes), "t" + number + inHeader), false);
    Buffer body = Buffer.buffer();
    if (inHeader) {
      opening =
          Frame.newBuilder().setHeader(opening.getHeader().toBuilder().setFirst(piece)).build();
      body.appendBuffer(frame(opening.toByteArray()));
    } else {
      body.appendBuffer(frame(opening.toByteArray()));
      body.appendBuffer(frame(Frame.newBuilder().setPiece(piece).build().toByteArray()));
    }
    List<Ack> acks = caller.call("FederationService/Exchange", body).replies(Ack.parser());
    return acks.get(acks.size() - 1);
  }

  private static Envelope envelope(int number, byte[] bytes) {
    return new Envelope(
        new TaskId("job", "lr_0", 0),
        GUEST,
        HOST,
        MessageTag.of("block", number),
        Payload.ofBytes(bytes));
  }

  private static ByteString deflated(int length) {
    return ByteString.copyFrom(Deflating.deflate(ZEROS, 0, length).orElseThrow());
  }

  private static Piece piece(ByteString data, int inflated) {
    return Piece.newBuilder().setData(data).setInflated(inflated).build();
  }
}
