package io.fedflow.transport.grpc;

import io.fedflow.federation.Envelope;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.Frame;
import java.util.UUID;

/**
 * One envelope that is handed over, for as many attempts as that takes. Its bytes are not copied.
 * Confined to one context, but for its making.
 */
final class OutgoingEnvelope {

  private final byte[] bytes;
  private final EnvelopeHeader header;
  private boolean begun;
  private long acknowledged;

  /** Names this sending of the envelope and reads its bytes once, for their checksum. */
  OutgoingEnvelope(Envelope envelope) {
    this.bytes = envelope.payload().bytes();
    this.header = EnvelopeCodec.header(envelope, UUID.randomUUID().toString());
  }

  long size() {
    return bytes.length;
  }

  /** Whether an earlier attempt got as far as a connection. */
  boolean resumed() {
    return begun;
  }

  void begun() {
    begun = true;
  }

  /** How many bytes the receiver said it has, at most. */
  long acknowledged() {
    return acknowledged;
  }

  void acknowledged(long received) {
    acknowledged = Math.max(acknowledged, received);
  }

  Frame opening() {
    return EnvelopeCodec.opening(header, begun);
  }

  Frame piece(int offset, int length) {
    return EnvelopeCodec.piece(bytes, offset, length);
  }
}
