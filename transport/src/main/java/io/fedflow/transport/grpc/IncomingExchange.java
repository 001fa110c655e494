package io.fedflow.transport.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Arrival;
import io.fedflow.federation.Envelope;
import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.Piece;
import io.fedflow.transport.grpc.wire.Position;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;

/**
 * One envelope as it arrives over one connection: checked at its header, collected, put into the
 * mailbox at its end. If the connection breaks, what came stays with the mailboxes and the sender
 * goes on from there over another one. A refusal is answered at once, so that the sender stops;
 * what still arrives is dropped. Confined to the context of its call.
 */
final class IncomingExchange {

  private final GrpcServerRequest<Buffer, Ack> call;
  private final Callers callers;
  private final LocalSite site;
  private final WireLimits limits;
  private EnvelopeHeader header;
  private Arrival arrival;
  private long told;
  private long limit;
  private boolean answered;

  IncomingExchange(
      GrpcServerRequest<Buffer, Ack> call, Callers callers, LocalSite site, WireLimits limits) {
    this.call = call;
    this.callers = callers;
    this.site = site;
    this.limits = limits;
  }

  void receive() {
    if (Replies.plain(call)) {
      call.handler(this::onMessage);
      call.endHandler(v -> onEnd());
      // The sender comes back over another connection, if it still wants to.
      call.exceptionHandler(broken -> answered = true);
      call.errorHandler(reset -> answered = true);
    }
  }

  private void onMessage(Buffer message) {
    if (answered) {
      return;
    }
    try {
      Frame frame = EnvelopeCodec.frame(message.getBytes());
      switch (frame.getPartCase()) {
        case HEADER -> onHeader(frame.getHeader());
        case PIECE -> onPiece(frame.getPiece());
        case PART_NOT_SET -> throw new IllegalArgumentException("a frame holds nothing known here");
      }
    } catch (InvalidProtocolBufferException malformed) {
      answered = true;
      Replies.malformed(call, "the message cannot be decoded");
    } catch (IllegalArgumentException malformed) {
      answer(malformed(malformed.getMessage()));
    } catch (RuntimeException refused) {
      answer(refused);
    }
  }

  private void onHeader(EnvelopeHeader found) {
    if (header != null) {
      throw new IllegalArgumentException("a second header in one exchange");
    }
    Protocol.requireKnown(found.getProtocol());
    Refusals.requireServed(site, IdentityCodec.read(found.getTo()));
    // Unsigned on the wire: what does not fit a long arrives as negative.
    if (found.getSize() < 0 || found.getSize() > limits.payloadBytes()) {
      throw tooLarge(found);
    }
    Envelope.Key key = EnvelopeCodec.key(found);
    callers.of(call).requireParties("from", List.of(key.from().id()));
    arrival =
        site.mailboxes()
            .arrive(
                key,
                EnvelopeCodec.read(found.getFormat()),
                (int) found.getSize(),
                found.getTransfer());
    header = found;
    if (!arrival.needed() || arrival.whole()) {
      complete();
    } else {
      tellPosition();
    }
  }

  private FedflowException tooLarge(EnvelopeHeader found) {
    return new FedflowException(
        FailureKind.EXHAUSTED,
        "federation.too_large",
        "message "
            + found.getTag()
            + " has "
            + Long.toUnsignedString(found.getSize())
            + " bytes, this site takes "
            + limits.payloadBytes()
            + "; raise the limit at both ends");
  }

  private void onPiece(Piece piece) {
    if (header == null) {
      throw new IllegalArgumentException("a piece before the header");
    }
    ByteString data = piece.getData();
    int received = arrival.received();
    if (piece.getOffset() != received) {
      throw new IllegalArgumentException(
          "offset: found "
              + Long.toUnsignedString(piece.getOffset())
              + ", expected "
              + received
              + ", where the last piece ended");
    }
    if (data.size() > header.getSize() - received) {
      throw new IllegalArgumentException("more bytes than the header's " + header.getSize());
    }
    if (received + (long) data.size() > limit) {
      throw new IllegalArgumentException(
          "found bytes up to " + (received + data.size()) + ", taken up to the limit " + limit);
    }
    if (!arrival.add(data.asReadOnlyByteBuffer())) {
      takenOver();
    } else if (arrival.whole()) {
      complete();
    } else if (arrival.received() - told >= limits.windowBytes() / 4) {
      tellPosition();
    }
  }

  private void tellPosition() {
    told = arrival.received();
    limit = told + limits.windowBytes();
    Ack ack =
        Ack.newBuilder()
            .setPosition(Position.newBuilder().setReceived(told).setLimit(limit))
            .build();
    Replies.quietly(() -> call.response().write(ack));
  }

  private void onEnd() {
    if (answered) {
      return;
    }
    answer(
        malformed(
            header == null
                ? "an exchange without a header"
                : "found "
                    + arrival.received()
                    + " bytes, the header says "
                    + Long.toUnsignedString(header.getSize())));
  }

  private void complete() {
    if (arrival.complete(header.getChecksum())) {
      answer(null);
    } else {
      takenOver();
    }
  }

  private void takenOver() {
    answered = true;
    Replies.status(call, GrpcStatus.ABORTED, "another connection took this envelope over");
  }

  private void answer(Throwable failure) {
    answered = true;
    Replies.send(call, Ack.newBuilder().setOutcome(FailureCodec.write(failure)).build());
  }

  private static FedflowException malformed(String why) {
    return FedflowException.peer("protocol.malformed", why);
  }
}
