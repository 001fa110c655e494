package io.fedflow.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads the parts of a table file and sums up what was consumed. Not thread-safe. */
final class TableInput {

  private final InputStream in;
  private final CRC32C crc = new CRC32C();
  private final byte[] buffer = new byte[1 << 16];
  private int summed;
  private int next;
  private int end;

  TableInput(InputStream in) {
    this.in = in;
  }

  int octet() throws IOException {
    if (next == end && !fill()) {
      throw new EOFException();
    }
    return buffer[next++] & 0xff;
  }

  int integer() throws IOException {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  double number() throws IOException {
    long bits = (long) integer() << 32 | integer() & 0xffffffffL;
    return Double.longBitsToDouble(bits);
  }

  /** A count below a limit, in its shortest form. */
  int count(int limit) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7fL) << shift;
      if (octet < 0x80) {
        if (octet == 0 && shift > 0) {
          throw TableFormat.damaged("it holds a count that is longer than it need be");
        }
        return TableFormat.bounded(value, limit);
      }
    }
    throw TableFormat.damaged("it holds an impossible count");
  }

  String text() throws IOException {
    int length = count(TableFormat.MAX_TEXT);
    if (length <= end - next) {
      String text = new String(buffer, next, length, StandardCharsets.UTF_8);
      next += length;
      return text;
    }
    // Grown as bytes come: a damaged length must not allocate what the file cannot hold.
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream(end - next);
    while (bytes.size() < length) {
      if (next == end && !fill()) {
        throw new EOFException();
      }
      int part = Math.min(length - bytes.size(), end - next);
      bytes.write(buffer, next, part);
      next += part;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The sum of all bytes that were consumed. */
  int checksum() {
    sum();
    return (int) crc.getValue();
  }

  boolean atEnd() throws IOException {
    return next == end && !fill();
  }

  private boolean fill() throws IOException {
    sum();
    summed = 0;
    next = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private void sum() {
    crc.update(buffer, summed, next - summed);
    summed = next;
  }
}
