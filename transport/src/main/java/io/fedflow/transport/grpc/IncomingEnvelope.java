package io.fedflow.transport.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.transport.grpc.wire.Chunk;
import io.fedflow.transport.grpc.wire.DeliverReply;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;

/**
 * One envelope as it arrives: checked at its header, collected, put into the mailbox at its end. A
 * refusal is answered at once, so that the sender stops; what still arrives is dropped. Confined to
 * the context of its call.
 */
final class IncomingEnvelope {

  private final GrpcServerRequest<Buffer, DeliverReply> call;
  private final Callers callers;
  private final LocalSite site;
  private final int largest;
  private EnvelopeHeader header;
  private PayloadBuffer payload;
  private boolean answered;

  IncomingEnvelope(
      GrpcServerRequest<Buffer, DeliverReply> call, Callers callers, LocalSite site, int largest) {
    this.call = call;
    this.callers = callers;
    this.site = site;
    this.largest = largest;
  }

  void receive() {
    if (Replies.plain(call)) {
      call.handler(this::onMessage);
      call.endHandler(v -> onEnd());
    }
  }

  private void onMessage(Buffer message) {
    if (answered) {
      return;
    }
    try {
      Chunk chunk = Chunk.parseFrom(message.getBytes());
      switch (chunk.getPartCase()) {
        case HEADER -> onHeader(chunk.getHeader());
        case DATA -> onData(chunk);
        case PART_NOT_SET -> throw new IllegalArgumentException("a chunk holds nothing known here");
      }
    } catch (InvalidProtocolBufferException malformed) {
      answered = true;
      Replies.malformed(call, "the message cannot be decoded");
    } catch (IllegalArgumentException malformed) {
      answer(malformed(malformed.getMessage()));
    } catch (FedflowException refused) {
      answer(refused);
    }
  }

  private void onHeader(EnvelopeHeader found) {
    if (header != null) {
      throw new IllegalArgumentException("a second header in one delivery");
    }
    Protocol.requireKnown(found.getProtocol());
    Refusals.requireServed(site, IdentityCodec.read(found.getTo()));
    // Unsigned on the wire: what does not fit a long arrives as negative.
    if (found.getSize() < 0 || found.getSize() > largest) {
      throw new FedflowException(
          FailureKind.EXHAUSTED,
          "federation.too_large",
          "message "
              + found.getTag()
              + " has "
              + Long.toUnsignedString(found.getSize())
              + " bytes, this site takes "
              + largest
              + "; raise the limit at both ends");
    }
    // Everything else is checked here too, before the bytes are waited for.
    Envelope envelope = EnvelopeCodec.read(found, new byte[0]);
    callers.of(call).requireParties("from", List.of(envelope.from().id()));
    header = found;
    payload = new PayloadBuffer((int) found.getSize());
  }

  private void onData(Chunk chunk) {
    if (header == null) {
      throw new IllegalArgumentException("data before the header");
    }
    if (!payload.add(chunk.getData())) {
      throw new IllegalArgumentException("more bytes than the header's " + header.getSize());
    }
  }

  private void onEnd() {
    if (answered) {
      return;
    }
    if (header == null) {
      answer(malformed("a delivery without a header"));
    } else if (!payload.complete()) {
      answer(
          malformed("found " + payload.filled() + " bytes, the header says " + header.getSize()));
    } else {
      deliver();
    }
  }

  private void deliver() {
    try {
      site.mailboxes().deliver(EnvelopeCodec.read(header, payload.bytes()));
      answer(null);
    } catch (RuntimeException failed) {
      answer(failed);
    }
  }

  private void answer(Throwable failure) {
    answered = true;
    payload = null;
    Replies.send(call, DeliverReply.newBuilder().setOutcome(FailureCodec.write(failure)).build());
  }

  private static FedflowException malformed(String why) {
    return FedflowException.peer("protocol.malformed", why);
  }
}
