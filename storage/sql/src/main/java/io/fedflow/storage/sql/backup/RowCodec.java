package io.fedflow.storage.sql.backup;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as bytes: each value is a letter for its type, then 8 bytes of a number, or a length of 4
 * bytes and as many bytes of UTF-8 or of the value itself.
 */
final class RowCodec {

  /** No row of ours is larger; a broken length must not take all memory. */
  private static final int MOST_BYTES = 1 << 30;

  private RowCodec() {}

  static void write(DataOutputStream out, List<?> values) throws IOException {
    out.writeInt(values.size());
    for (Object value : values) {
      if (value instanceof Long number) {
        out.writeByte('n');
        out.writeLong(number);
      } else if (value instanceof byte[] bytes) {
        out.writeByte('b');
        out.writeInt(bytes.length);
        out.write(bytes);
      } else {
        byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
        out.writeByte('t');
        out.writeInt(text.length);
        out.write(text);
      }
    }
  }

  /** The next row; null at the end. */
  static List<Object> read(DataInputStream in, int columns) throws IOException {
    int count;
    try {
      count = in.readInt();
    } catch (EOFException end) {
      return null;
    }
    if (count != columns) {
      throw new IOException("a row has " + count + " values, its table " + columns + " columns");
    }
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int type = in.readByte();
      values.add(
          switch (type) {
            case 'n' -> in.readLong();
            case 'b' -> bytes(in);
            case 't' -> new String(bytes(in), StandardCharsets.UTF_8);
            default -> throw new IOException("a value of the unknown type " + type);
          });
    }
    return values;
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("a value of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length != length) {
      throw new EOFException("a value ends early");
    }
    return bytes;
  }
}
