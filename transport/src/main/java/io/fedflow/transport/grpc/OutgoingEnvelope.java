package io.fedflow.transport.grpc;

import com.google.protobuf.ByteString;
import io.fedflow.federation.Envelope;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.Frame;
import java.util.UUID;

/**
 * One envelope that is handed over, for as many attempts as that takes. Its bytes are not copied.
 * Confined to one context, but for its making.
 */
final class OutgoingEnvelope {

  /** Smaller pieces would be mostly overhead. */
  private static final int SMALLEST_PIECE = 4096;

  private final byte[] bytes;
  private final EnvelopeHeader header;
  private boolean begun;
  private long acknowledged;
  private long acknowledgedBefore;
  private int futile;

  /** Names this sending of the envelope and reads its bytes once, for their checksum. */
  OutgoingEnvelope(Envelope envelope) {
    this(envelope, false);
  }

  /**
   * The same.
   *
   * @param signed whether the header is to be signed, and so has to hold a digest of the bytes
   */
  OutgoingEnvelope(Envelope envelope, boolean signed) {
    this.bytes = envelope.payload().bytes();
    EnvelopeHeader plain = EnvelopeCodec.header(envelope, UUID.randomUUID().toString());
    this.header =
        signed
            ? plain.toBuilder().setDigest(ByteString.copyFrom(SiteSignatures.sha256(bytes))).build()
            : plain;
  }

  /** The id of the party that sends. */
  String from() {
    return header.getFrom().getId();
  }

  long size() {
    return bytes.length;
  }

  /** Whether an earlier attempt got as far as a connection. */
  boolean resumed() {
    return begun;
  }

  /** An attempt got as far as a connection. */
  void begun() {
    futile = begun && acknowledged == acknowledgedBefore ? futile + 1 : 0;
    acknowledgedBefore = acknowledged;
    begun = true;
  }

  /**
   * How the bytes are cut in this attempt: ever smaller while attempts end before a single piece
   * arrived, since only whole ones count.
   */
  int pieceBytes(int usual) {
    return Math.min(usual, Math.max(SMALLEST_PIECE, usual >> Math.min(futile, 30)));
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
