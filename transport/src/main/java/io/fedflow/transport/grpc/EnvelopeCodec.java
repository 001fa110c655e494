package io.fedflow.transport.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.PayloadFormat;
import io.fedflow.transport.grpc.wire.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Envelopes on the wire: a header, then the payload in pieces. */
final class EnvelopeCodec {

  private static final int LONGEST_TRANSFER = 64;

  private EnvelopeCodec() {}

  /**
   * The header of an envelope that was not sent yet.
   *
   * @param transfer names this sending of it
   */
  static EnvelopeHeader header(Envelope envelope, String transfer) {
    byte[] bytes = envelope.payload().bytes();
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return EnvelopeHeader.newBuilder()
        .setProtocol(Protocol.VERSION)
        .setTask(IdentityCodec.write(envelope.task()))
        .setFrom(IdentityCodec.write(envelope.from()))
        .setTo(IdentityCodec.write(envelope.to()))
        .setTag(envelope.tag().name())
        .setSuffix(envelope.tag().suffix())
        .setFormat(write(envelope.payload().format()))
        .setSize(bytes.length)
        .setTransfer(transfer)
        .setChecksum((int) checksum.getValue())
        .build();
  }

  /** The frame that opens an exchange. */
  static Frame opening(EnvelopeHeader header, boolean resumed) {
    return Frame.newBuilder().setHeader(header.toBuilder().setResumed(resumed)).build();
  }

  /** The frame that opens an exchange which is not resumed, with a piece inside. */
  static Frame opening(EnvelopeHeader header, Piece first) {
    return Frame.newBuilder().setHeader(header.toBuilder().setFirst(first)).build();
  }

  /** Some bytes of a payload, which are not copied. */
  static Piece piece(byte[] payload, int offset, int length) {
    return Piece.newBuilder()
        .setOffset(offset)
        .setData(UnsafeByteOperations.unsafeWrap(payload, offset, length))
        .build();
  }

  /**
   * Reads a frame; what it holds shares the given bytes.
   *
   * @throws InvalidProtocolBufferException if it is none
   */
  static Frame frame(byte[] message) throws InvalidProtocolBufferException {
    try {
      CodedInputStream in = CodedInputStream.newInstance(ByteBuffer.wrap(message));
      in.enableAliasing(true);
      Frame frame = Frame.parseFrom(in);
      in.checkLastTagWas(0);
      return frame;
    } catch (InvalidProtocolBufferException malformed) {
      throw malformed;
    } catch (IOException impossible) {
      throw new InvalidProtocolBufferException(impossible);
    }
  }

  /**
   * Which message a header announces.
   *
   * @throws IllegalArgumentException if a field is missing or malformed
   */
  static Envelope.Key key(EnvelopeHeader header) {
    String transfer = header.getTransfer();
    if (transfer.isEmpty() || transfer.length() > LONGEST_TRANSFER) {
      throw new IllegalArgumentException(
          "transfer: found "
              + transfer.length()
              + " characters, expected 1 to "
              + LONGEST_TRANSFER);
    }
    return new Envelope.Key(
        IdentityCodec.read(header.getTask()),
        IdentityCodec.read(header.getFrom()),
        IdentityCodec.read(header.getTo()),
        new MessageTag(header.getTag(), header.getSuffix()));
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

  /**
   * What a payload holds.
   *
   * @throws IllegalArgumentException if that is missing or of a later release
   */
  static Payload.Format read(PayloadFormat format) {
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
