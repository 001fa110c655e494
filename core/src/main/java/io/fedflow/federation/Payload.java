package io.fedflow.federation;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The typed content of a message: a format byte and a block of bytes. Numbers are little-endian and
 * of fixed width, texts are UTF-8. Immutable by convention: the bytes handed in and out are not to
 * be changed.
 *
 * <p>A payload that was received knows from whom and as what, so that whoever refuses its content
 * names the sender; that counts neither for equality nor on the way.
 *
 * @param format what the bytes hold
 * @param bytes the block; shared, not copied
 * @param origin the message that brought it, in words; empty for one that was made here
 */
public record Payload(Format format, byte[] bytes, String origin) {

  /** What a block holds. The order is part of the wire format: append only. */
  public enum Format {
    /** Bytes with a layout of the component's own, which starts with a version byte. */
    BYTES,
    /** 64-bit integers. */
    LONGS,
    /** 64-bit floating point numbers. */
    DOUBLES,
    /** A count and length-prefixed UTF-8 texts. */
    TEXTS,
    /** A batch of ciphertexts in the crypto suite's serial form. */
    CIPHERTEXTS,
    /** A count, a width and as many unsigned big integers of that width, little-endian. */
    INTEGERS
  }

  /** A payload that was made here. */
  public Payload(Format format, byte[] bytes) {
    this(format, bytes, "");
  }

  /** The same as it was received. */
  public Payload receivedFrom(Party sender, MessageTag tag) {
    return new Payload(format, bytes, "message " + tag + " of " + sender);
  }

  /** A block of the component's own layout. */
  public static Payload ofBytes(byte[] bytes) {
    return new Payload(Format.BYTES, bytes);
  }

  /** A batch of ciphertexts in serial form. */
  public static Payload ofCiphertexts(byte[] bytes) {
    return new Payload(Format.CIPHERTEXTS, bytes);
  }

  /** A block of fixed-width big integers in serial form. */
  public static Payload ofIntegers(byte[] bytes) {
    return new Payload(Format.INTEGERS, bytes);
  }

  /** Integers. */
  public static Payload ofLongs(long... values) {
    ByteBuffer buffer = little(values.length * Long.BYTES);
    buffer.asLongBuffer().put(values);
    return new Payload(Format.LONGS, buffer.array());
  }

  /** Floating point numbers. */
  public static Payload ofDoubles(double... values) {
    ByteBuffer buffer = little(values.length * Double.BYTES);
    buffer.asDoubleBuffer().put(values);
    return new Payload(Format.DOUBLES, buffer.array());
  }

  /** Texts. */
  public static Payload ofTexts(List<String> texts) {
    List<byte[]> encoded = new ArrayList<>(texts.size());
    int size = Integer.BYTES;
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      encoded.add(utf8);
      size = Math.addExact(size, Integer.BYTES + utf8.length);
    }
    ByteBuffer buffer = little(size);
    buffer.putInt(texts.size());
    encoded.forEach(utf8 -> buffer.putInt(utf8.length).put(utf8));
    return new Payload(Format.TEXTS, buffer.array());
  }

  /**
   * Reads integers.
   *
   * @throws FedflowException of kind PEER if the block holds something else
   */
  public long[] asLongs() {
    expect(Format.LONGS, Long.BYTES);
    long[] values = new long[bytes.length / Long.BYTES];
    wrap().asLongBuffer().get(values);
    return values;
  }

  /**
   * Reads floating point numbers.
   *
   * @throws FedflowException of kind PEER if the block holds something else
   */
  public double[] asDoubles() {
    expect(Format.DOUBLES, Double.BYTES);
    double[] values = new double[bytes.length / Double.BYTES];
    wrap().asDoubleBuffer().get(values);
    return values;
  }

  /**
   * The numbers, none of which is missing or infinite.
   *
   * @throws FedflowException {@code federation.payload} (PEER) if the format is another, or a
   *     number is not finite
   */
  public double[] asFiniteDoubles() {
    double[] values = asDoubles();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw malformed("of which number " + i + " is " + values[i] + "; allowed are finite ones");
      }
    }
    return values;
  }

  /**
   * Reads texts.
   *
   * @throws FedflowException of kind PEER if the block holds something else or is cut short
   */
  public List<String> asTexts() {
    expect(Format.TEXTS, 1);
    ByteBuffer buffer = wrap();
    List<String> texts = new ArrayList<>();
    try {
      int count = buffer.getInt();
      if (count < 0 || count > bytes.length / Integer.BYTES) {
        throw malformed("count " + count);
      }
      for (int i = 0; i < count; i++) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
          throw malformed("text length " + length);
        }
        ByteBuffer slice = buffer.slice(buffer.position(), length);
        texts.add(StandardCharsets.UTF_8.newDecoder().decode(slice).toString());
        buffer.position(buffer.position() + length);
      }
      if (buffer.hasRemaining()) {
        throw malformed(buffer.remaining() + " bytes after the last text");
      }
    } catch (java.nio.BufferUnderflowException | CharacterCodingException broken) {
      throw malformed("cut short or not UTF-8");
    }
    return texts;
  }

  /**
   * Reads a block of the given format as it is.
   *
   * @throws FedflowException of kind PEER if the block holds something else
   */
  public byte[] as(Format expected) {
    expect(expected, 1);
    return bytes;
  }

  /** How many bytes cross. */
  public int size() {
    return bytes.length + 1;
  }

  private void expect(Format expected, int width) {
    if (format != expected || bytes.length % width != 0) {
      throw malformed("expected " + expected);
    }
  }

  /**
   * Reads the block by a reader of its content, and names the sender where that one refuses.
   *
   * @throws FedflowException {@code federation.payload} (PEER) if the format is another; what the
   *     reader throws, of the same kind and code, with the sender in front if its kind is PEER
   */
  public <T> T read(Format expected, Function<byte[], T> reader) {
    byte[] block = as(expected);
    try {
      return reader.apply(block);
    } catch (FedflowException refused) {
      if (refused.kind() != FailureKind.PEER || origin.isEmpty()) {
        throw refused;
      }
      throw new FedflowException(
          FailureKind.PEER, refused.code(), origin + ": " + refused.getMessage(), refused);
    }
  }

  private FedflowException malformed(String why) {
    return FedflowException.peer(
        "federation.payload",
        (origin.isEmpty() ? "" : origin + ": ")
            + "malformed payload: found "
            + format
            + " of "
            + bytes.length
            + " bytes, "
            + why);
  }

  private ByteBuffer wrap() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Only format and size: content never reaches a log. */
  @Override
  public String toString() {
    return format + "[" + bytes.length + " bytes]";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload payload
        && format == payload.format
        && java.util.Arrays.equals(bytes, payload.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * format.hashCode() + java.util.Arrays.hashCode(bytes);
  }
}
