package io.fedflow.federation;

import io.fedflow.failure.FedflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The typed content of a message: a format byte and a block of bytes. Numbers are little-endian and
 * of fixed width, texts are UTF-8. Immutable by convention: the bytes handed in and out are not to
 * be changed.
 *
 * @param format what the bytes hold
 * @param bytes the block; shared, not copied
 */
public record Payload(Format format, byte[] bytes) {

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

  private FedflowException malformed(String why) {
    return FedflowException.peer(
        "federation.payload",
        "malformed payload: found " + format + " of " + bytes.length + " bytes, " + why);
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
