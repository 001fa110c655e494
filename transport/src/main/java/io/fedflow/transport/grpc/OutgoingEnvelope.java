package io.fedflow.transport.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.Piece;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.UUID;

/**
 * One envelope that is handed over, for as many attempts as that takes. Its bytes are not copied.
 * Confined to one context, but for its making and {@link #deflated}.
 */
final class OutgoingEnvelope {

  /** Smaller pieces would be mostly overhead. */
  private static final int SMALLEST_PIECE = 4096;

  /** After so many pieces in a row that do not shrink, the others are not tried. */
  private static final int MOST_STUBBORN = 3;

  private final byte[] bytes;
  private final EnvelopeHeader header;
  private boolean begun;
  private long acknowledged;
  private long acknowledgedBefore;
  private int futile;
  private int stubborn;

  /**
   * Names this sending of the envelope and reads its bytes once, for their checksum.
   *
   * @param signed whether the header is to be signed, and so has to hold a digest of the bytes
   * @param deflates whether to see if its pieces should be deflated
   */
  OutgoingEnvelope(Envelope envelope, boolean signed, boolean deflates) {
    Payload payload = envelope.payload();
    this.bytes = payload.bytes();
    EnvelopeHeader plain = EnvelopeCodec.header(envelope, UUID.randomUUID().toString());
    this.header =
        signed
            ? plain.toBuilder().setDigest(ByteString.copyFrom(SiteSignatures.sha256(bytes))).build()
            : plain;
    // Ciphertexts look like noise: not even a sample of them is worth a try.
    boolean tried =
        deflates
            && payload.format() != Payload.Format.CIPHERTEXTS
            && bytes.length >= SMALLEST_PIECE
            && Deflating.pays(bytes);
    this.stubborn = tried ? 0 : MOST_STUBBORN;
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

  /** Whether it is worth a try to deflate a piece of this length. */
  boolean mayShrink(int length) {
    return stubborn < MOST_STUBBORN && length >= SMALLEST_PIECE && length <= Protocol.MOST_INFLATED;
  }

  /** A piece deflated, empty if it does not shrink; takes a moment, on any thread. */
  Optional<byte[]> deflated(int offset, int length) {
    return Deflating.deflate(bytes, offset, length);
  }

  /** How a try ended. */
  void tried(boolean shrank) {
    stubborn = shrank ? 0 : stubborn + 1;
  }

  /** The frame that opens an exchange, without a piece. */
  Frame opening() {
    return EnvelopeCodec.opening(header, begun);
  }

  /** The frame that opens an exchange which is not resumed, with the first piece. */
  Frame opening(int length, Optional<byte[]> deflated) {
    Piece first =
        deflated
            .map(
                data ->
                    Piece.newBuilder()
                        .setData(UnsafeByteOperations.unsafeWrap(data))
                        .setInflated(length)
                        .build())
            .orElseGet(() -> EnvelopeCodec.piece(bytes, 0, length));
    return EnvelopeCodec.opening(header, first);
  }

  /** The frame of a piece. */
  Buffer piece(int offset, int length, Optional<byte[]> deflated) {
    return deflated
        .map(data -> PieceFrame.write(offset, length, data, 0, data.length))
        .orElseGet(() -> PieceFrame.write(offset, 0, bytes, offset, length));
  }
}
