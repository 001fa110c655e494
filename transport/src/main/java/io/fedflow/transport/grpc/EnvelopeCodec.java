package io.fedflow.transport.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.transport.grpc.wire.Chunk;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.PayloadFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Envelopes on the wire: a header, then the payload in chunks. */
final class EnvelopeCodec {

  private EnvelopeCodec() {}

  /** The header and the chunks, made as they are asked for; the payload is not copied. */
  static Iterator<Chunk> chunks(Envelope envelope, int chunkBytes) {
    byte[] bytes = envelope.payload().bytes();
    return new Iterator<>() {
      private int next = -1;

      @Override
      public boolean hasNext() {
        return next < bytes.length;
      }

      @Override
      public Chunk next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        if (next < 0) {
          next = 0;
          return Chunk.newBuilder().setHeader(header(envelope)).build();
        }
        int length = Math.min(chunkBytes, bytes.length - next);
        Chunk chunk =
            Chunk.newBuilder()
                .setData(UnsafeByteOperations.unsafeWrap(bytes, next, length))
                .build();
        next += length;
        return chunk;
      }
    };
  }

  private static EnvelopeHeader header(Envelope envelope) {
    return EnvelopeHeader.newBuilder()
        .setProtocol(Protocol.VERSION)
        .setTask(IdentityCodec.write(envelope.task()))
        .setFrom(IdentityCodec.write(envelope.from()))
        .setTo(IdentityCodec.write(envelope.to()))
        .setTag(envelope.tag().name())
        .setSuffix(envelope.tag().suffix())
        .setFormat(write(envelope.payload().format()))
        .setSize(envelope.payload().bytes().length)
        .build();
  }

  /**
   * The envelope that a header and its bytes make.
   *
   * @throws IllegalArgumentException if a field of the header is missing or malformed
   */
  static Envelope read(EnvelopeHeader header, byte[] bytes) {
    return new Envelope(
        IdentityCodec.read(header.getTask()),
        IdentityCodec.read(header.getFrom()),
        IdentityCodec.read(header.getTo()),
        new MessageTag(header.getTag(), header.getSuffix()),
        new Payload(read(header.getFormat()), bytes));
  }

  private static PayloadFormat write(Payload.Format format) {
    return switch (format) {
      case BYTES -> PayloadFormat.PAYLOAD_FORMAT_BYTES;
      case LONGS -> PayloadFormat.PAYLOAD_FORMAT_LONGS;
      case DOUBLES -> PayloadFormat.PAYLOAD_FORMAT_DOUBLES;
      case TEXTS -> PayloadFormat.PAYLOAD_FORMAT_TEXTS;
      case CIPHERTEXTS -> PayloadFormat.PAYLOAD_FORMAT_CIPHERTEXTS;
      case INTEGERS -> PayloadFormat.PAYLOAD_FORMAT_INTEGERS;
    };
  }

  private static Payload.Format read(PayloadFormat format) {
    return switch (format) {
      case PAYLOAD_FORMAT_BYTES -> Payload.Format.BYTES;
      case PAYLOAD_FORMAT_LONGS -> Payload.Format.LONGS;
      case PAYLOAD_FORMAT_DOUBLES -> Payload.Format.DOUBLES;
      case PAYLOAD_FORMAT_TEXTS -> Payload.Format.TEXTS;
      case PAYLOAD_FORMAT_CIPHERTEXTS -> Payload.Format.CIPHERTEXTS;
      case PAYLOAD_FORMAT_INTEGERS -> Payload.Format.INTEGERS;
      case PAYLOAD_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("payload format: missing or not known");
    };
  }
}
