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
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * One envelope as it arrives over one connection: checked at its header, collected, put into the
 * mailbox at its end. If the connection breaks, what came stays with the mailboxes and the sender
 * goes on from there over another one. A refusal is answered at once, so that the sender stops;
 * what still arrives is dropped. Confined to the context of its call.
 */
final class IncomingExchange {

  private static final int DIGEST_BYTES = 32;

  private final GrpcServerRequest<Buffer, Ack> call;
  private final Callers callers;
  private final LocalSite site;
  private final WireLimits limits;
  private final Optional<SiteSignatures> signatures;
  private EnvelopeHeader header;
  private Envelope.Key named;
  private Arrival arrival;
  private Context context;
  private int taken;
  private long told;
  private long limit;
  private boolean answered;
  private boolean ended;
  private int working;

  IncomingExchange(
      GrpcServerRequest<Buffer, Ack> call,
      Callers callers,
      LocalSite site,
      WireLimits limits,
      Optional<SiteSignatures> signatures) {
    this.signatures = signatures;
    this.call = call;
    this.callers = callers;
    this.site = site;
    this.limits = limits;
  }

  void receive() {
    if (callers.plain(call)) {
      context = Vertx.currentContext();
      callers.refuseInvalid(call, limits, () -> answered = true);
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
        case HEADER -> onHeader(frame.getHeader(), message);
        case PIECE -> onPiece(frame.getPiece());
        case PART_NOT_SET -> throw new IllegalArgumentException("a frame holds nothing known here");
      }
    } catch (InvalidProtocolBufferException malformed) {
      answered = true;
      callers.malformed(call, "the message cannot be decoded");
    } catch (IllegalArgumentException malformed) {
      answer(malformed(malformed.getMessage()));
    } catch (RuntimeException refused) {
      answer(refused);
    }
  }

  private void onHeader(EnvelopeHeader found, Buffer message) {
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
    named = key;
    callers.of(call).requireParties("from", List.of(key.from().id()));
    site.gate().admit(key);
    header = found;
    if (signatures.isEmpty()) {
      begin(key);
      return;
    }
    if (found.getDigest().size() != DIGEST_BYTES) {
      throw FedflowException.peer(
          SiteSignatures.MISSING,
          "digest: found "
              + found.getDigest().size()
              + " bytes, this site takes signed messages only; start the sending server with"
              + " --site-auth");
    }
    // What follows waits until it is known who signed.
    call.pause();
    context
        .<Void>executeBlocking(() -> verified(found, message.getBytes()), false)
        .onComplete(
            believed -> {
              if (!answered) {
                tried(() -> begin(key));
              }
              call.resume();
            },
            refused -> {
              failed(refused);
              call.resume();
            });
  }

  private Void verified(EnvelopeHeader found, byte[] message) {
    signatures
        .get()
        .verify(
            call.headers(),
            Protocol.EXCHANGE.name(),
            message,
            List.of(found.getFrom().getId()),
            found.getTo().getId());
    return null;
  }

  private void begin(Envelope.Key key) {
    arrival =
        site.mailboxes()
            .arrive(
                key,
                EnvelopeCodec.read(header.getFormat()),
                (int) header.getSize(),
                header.getTransfer(),
                signatures.isPresent());
    taken = arrival.received();
    limit = Protocol.FIRST_CREDIT;
    if (!arrival.needed() || arrival.whole()) {
      complete();
      return;
    }
    if (header.hasFirst()) {
      onPiece(header.getFirst());
    }
    if (taken < header.getSize()) {
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
    boolean deflated = piece.getInflated() != 0;
    int length = deflated ? inflatedLength(piece) : data.size();
    if (piece.getOffset() != taken) {
      throw new IllegalArgumentException(
          "offset: found "
              + Long.toUnsignedString(piece.getOffset())
              + ", expected "
              + taken
              + ", where the last piece ended");
    }
    if (length > header.getSize() - taken) {
      throw new IllegalArgumentException("more bytes than the header's " + header.getSize());
    }
    if (taken + (long) length > limit) {
      throw new IllegalArgumentException(
          "found bytes up to " + (taken + length) + ", taken up to the limit " + limit);
    }
    taken += length;
    if (deflated) {
      work(() -> arrival.add(ByteBuffer.wrap(Inflating.inflate(data, length))));
    } else if (arrival.blocks() || working > 0) {
      // In order; no more than a window waits for the disk, since the limit is told after it.
      work(() -> arrival.add(data.asReadOnlyByteBuffer()));
    } else {
      added(arrival.add(data.asReadOnlyByteBuffer()));
    }
  }

  private int inflatedLength(Piece piece) {
    // Unsigned on the wire: what does not fit an int arrives as negative.
    if (piece.getInflated() < 0 || piece.getInflated() > Protocol.MOST_INFLATED) {
      throw new IllegalArgumentException(
          "deflated piece: found "
              + Integer.toUnsignedString(piece.getInflated())
              + " bytes that it inflates to, allowed "
              + Protocol.MOST_INFLATED);
    }
    if (!limits.deflates()) {
      throw new IllegalArgumentException("a deflated piece, which this site said it does not take");
    }
    return piece.getInflated();
  }

  /** Adds a piece away from the event loop, after those before. */
  private void work(Callable<Boolean> adding) {
    working++;
    context
        .executeBlocking(adding)
        .onComplete(
            stillOurs -> {
              working--;
              added(stillOurs);
              worked();
            },
            failure -> {
              working--;
              failed(failure);
              worked();
            });
  }

  private void worked() {
    if (ended && working == 0) {
      onEnd();
    }
  }

  private void failed(Throwable failure) {
    if (!answered) {
      answer(
          failure instanceof IllegalArgumentException ? malformed(failure.getMessage()) : failure);
    }
  }

  private void added(boolean stillOurs) {
    if (answered) {
      return;
    }
    if (!stillOurs) {
      takenOver();
    } else if (arrival.whole() && working == 0) {
      finish();
    } else if (arrival.received() - told >= limits.windowBytes() / 2) {
      tellPosition();
    }
  }

  private void finish() {
    tried(this::complete);
  }

  private void tried(Runnable step) {
    try {
      step.run();
    } catch (IllegalArgumentException malformed) {
      answer(malformed(malformed.getMessage()));
    } catch (RuntimeException refused) {
      answer(refused);
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
    ended = true;
    if (working > 0) {
      // Whatever is wrong with what came before is told first.
      return;
    }
    if (answered || header != null && taken == header.getSize()) {
      // What was sent is whole; it may still be on its way to the disk.
      return;
    }
    answer(
        malformed(
            header == null
                ? "an exchange without a header"
                : "found "
                    + taken
                    + " bytes, the header says "
                    + Long.toUnsignedString(header.getSize())));
  }

  private void complete() {
    byte[] digest = signatures.isPresent() ? header.getDigest().toByteArray() : null;
    if (arrival.complete(header.getChecksum(), digest)) {
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
    callers.noteRefusal(call, failure);
    record(failure);
    Replies.send(call, Ack.newBuilder().setOutcome(FailureCodec.write(failure)).build());
  }

  private void record(Throwable failure) {
    if (named != null
        && failure instanceof FedflowException refused
        && Callers.isAboutCaller(refused)) {
      site.door()
          .refused(
              new PartyDoor.Sender(Set.of(named.from().id()), callers.identity(call)),
              named.to(),
              "message",
              named.task().jobId(),
              refused.getMessage());
    }
  }

  private static FedflowException malformed(String why) {
    return FedflowException.peer("protocol.malformed", why);
  }
}
