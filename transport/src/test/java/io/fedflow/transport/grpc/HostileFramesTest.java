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
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.Piece;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damaged exchanges, by the thousand: each gets a clear answer, and the server stays healthy. */
class HostileFramesTest {

  private static final long SEED = Long.getLong("fedflow.seed", 11);
  private static final int EXCHANGES = 10_000;
  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);

  private final Random random = new Random(SEED);
  private final Mailboxes mailboxes = new Mailboxes();

  @Test
  void tenThousandDamagedExchanges_areAnswered_andGoodOnesStillArrive() throws Exception {
    Vertx vertx = Vertx.vertx();
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), RecordingEngine.accepting(), mailboxes),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT.withPayloadBytes(1 << 20),
            LinkSecurity.plaintext());
    int port = server.listen("127.0.0.1", 0).toCompletableFuture().get(60, SECONDS);
    RawCaller caller = new RawCaller(vertx, new SiteAddress("127.0.0.1", port));
    int refused = 0;

    for (int i = 0; i < EXCHANGES; i++) {
      if (!wasDone(caller.call("FederationService/Exchange", damaged(i)))) {
        refused++;
      }
      if (i % 1000 == 0) {
        assertThat(wasDone(caller.call("FederationService/Exchange", body(good(-1 - i))))).isTrue();
      }
    }

    // Some damage changes nothing that matters, such as a bit of the tag.
    assertThat(refused).as("refused, seed %d", SEED).isGreaterThan(EXCHANGES / 2);
    for (int i = 0; i < EXCHANGES; i += 1000) {
      Envelope expected = envelope(-1 - i);
      assertThat(mailboxes.take(expected.key(), 0)).isEqualTo(expected.payload());
    }
    mailboxes.forget(TASK.jobId());
    vertx.close().toCompletionStage().toCompletableFuture().get(60, SECONDS);
  }

  /** Whether the envelope counts as delivered; anything but that or a clear refusal is an error. */
  private static boolean wasDone(RawCaller.Answer answer) {
    if (answer.status() != 0) {
      assertThat(answer.message()).as("what is wrong, seed %d", SEED).isNotEmpty();
      return false;
    }
    List<Ack> acks = answer.replies(Ack.parser());
    Ack last = acks.get(acks.size() - 1);
    assertThat(last.hasOutcome()).as("an outcome, seed %d", SEED).isTrue();
    if (last.getOutcome().hasFailure()) {
      assertThat(last.getOutcome().getFailure().getCode()).isNotEqualTo("internal");
      assertThat(last.getOutcome().getFailure().getMessage()).isNotEmpty();
    }
    return last.getOutcome().hasDone();
  }

  private Buffer damaged(int number) {
    List<byte[]> messages = new ArrayList<>();
    good(number).forEach(frame -> messages.add(frame.toByteArray()));
    int victim = random.nextInt(messages.size());
    switch (random.nextInt(6)) {
      case 0 -> messages.remove(victim);
      case 1 -> messages.add(victim, messages.get(random.nextInt(messages.size())));
      case 2 -> messages.set(victim, cut(messages.get(victim)));
      case 3 -> messages.set(victim, noise(1 + random.nextInt(300)));
      case 4 -> messages.set(victim, flipped(messages.get(victim)));
      default -> messages.set(victim, lying(number).toByteArray());
    }
    Buffer body = Buffer.buffer();
    messages.forEach(message -> body.appendBuffer(frame(message)));
    return body;
  }

  private byte[] cut(byte[] message) {
    return java.util.Arrays.copyOf(message, random.nextInt(message.length));
  }

  private byte[] noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] flipped(byte[] message) {
    int flips = 1 + random.nextInt(4);
    for (int i = 0; i < flips; i++) {
      message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return message;
  }

  /** Well formed, but not what belongs there. */
  private Frame lying(int number) {
    EnvelopeHeader.Builder header = header(number).toBuilder();
    return switch (random.nextInt(5)) {
      case 0 ->
          Frame.newBuilder()
              .setPiece(Piece.newBuilder().setOffset(random.nextLong()).setData(ByteString.EMPTY))
              .build();
      case 1 -> Frame.newBuilder().setHeader(header.setSize(random.nextLong())).build();
      case 2 -> Frame.newBuilder().setHeader(header.setProtocol(random.nextInt())).build();
      case 3 -> Frame.newBuilder().setHeader(header.setResumed(true).setChecksum(1)).build();
      default -> Frame.newBuilder().setHeader(header.setFormatValue(random.nextInt())).build();
    };
  }

  private static Envelope envelope(int number) {
    byte[] bytes = new byte[Math.abs(number) % 700];
    new Random(number).nextBytes(bytes);
    return new Envelope(TASK, GUEST, HOST, MessageTag.of("block", number), Payload.ofBytes(bytes));
  }

  private static EnvelopeHeader header(int number) {
    return EnvelopeCodec.header(envelope(number), "transfer" + number);
  }

  private static List<Frame> good(int number) {
    byte[] bytes = envelope(number).payload().bytes();
    List<Frame> frames = new ArrayList<>();
    frames.add(EnvelopeCodec.opening(header(number), false));
    for (int at = 0; at < bytes.length; at += 100) {
      frames.add(
          Frame.newBuilder()
              .setPiece(EnvelopeCodec.piece(bytes, at, Math.min(100, bytes.length - at)))
              .build());
    }
    return frames;
  }

  private static Buffer body(List<Frame> frames) {
    Buffer body = Buffer.buffer();
    frames.forEach(frame -> body.appendBuffer(frame(frame.toByteArray())));
    return body;
  }
}
