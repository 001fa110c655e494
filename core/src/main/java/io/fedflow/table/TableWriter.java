package io.fedflow.table;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes a table file group by group, in the memory of one group. The stream stays open. Not
 * thread-safe.
 */
public final class TableWriter {

  /** How many rows a table may have. */
  public static final int MAX_ROWS = TableFormat.MAX_ROWS - 1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The longest text whose length takes one byte. */
  private static final int SHORT = 0x7f;

  private final OutputStream out;
  private final CRC32C crc = new CRC32C();
  private final byte[] buffer = new byte[1 << 16];
  private final TableSchema schema;
  private final int groupRows;
  private int filled;
  private int rows;

  /** Begins a file. */
  public TableWriter(TableSchema schema, OutputStream out) throws IOException {
    this.schema = schema;
    this.out = out;
    this.groupRows = TableFormat.groupRows(schema.columns().size());
    integer(TableFormat.MAGIC);
    octet(schema.kind().ordinal());
    text(schema.idName());
    text(schema.delimiter());
    count(schema.columns().size());
    for (ColumnSpec column : schema.columns()) {
      text(column.name());
      octet(column.type().ordinal());
      octet(column.use().ordinal());
      text(column.anonymousName());
    }
  }

  /**
   * Writes the next rows.
   *
   * @throws IllegalArgumentException if they are of another schema, or too many
   */
  public void write(Table table) throws IOException {
    if (!table.schema().equals(schema)) {
      throw new IllegalArgumentException("table: rows of another schema than the file's");
    }
    if (table.rowCount() > MAX_ROWS - rows) {
      throw new IllegalArgumentException("table: more rows than " + MAX_ROWS);
    }
    for (int from = 0; from < table.rowCount(); from += groupRows) {
      group(table, from, Math.min(table.rowCount(), from + groupRows));
    }
    rows += table.rowCount();
  }

  /** How many rows were written so far. */
  public int rowCount() {
    return rows;
  }

  /** Ends the file. */
  public void finish() throws IOException {
    count(0);
    flush();
    integer((int) crc.getValue());
    out.write(buffer, 0, filled);
    filled = 0;
    out.flush();
  }

  private void group(Table table, int from, int to) throws IOException {
    count(to - from);
    for (int row = from; row < to; row++) {
      text(table.ids()[row]);
    }
    for (Column column : table.columns()) {
      if (column instanceof Column.Numbers numbers) {
        for (int row = from; row < to; row++) {
          room(Long.BYTES);
          LONG.set(buffer, filled, Double.doubleToRawLongBits(numbers.values()[row]));
          filled += Long.BYTES;
        }
      } else if (column instanceof Column.Texts texts) {
        for (int row = from; row < to; row++) {
          text(texts.values()[row]);
        }
      }
    }
  }

  private void text(String text) throws IOException {
    int length = text.length();
    if (length <= SHORT) {
      room(1 + length);
      if (ascii(text, length)) {
        return;
      }
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length >= TableFormat.MAX_TEXT) {
      throw new IllegalArgumentException(
          "table: a text of " + utf8.length + " bytes, allowed " + (TableFormat.MAX_TEXT - 1));
    }
    count(utf8.length);
    if (utf8.length > buffer.length - filled) {
      flush();
    }
    if (utf8.length > buffer.length) {
      crc.update(utf8);
      out.write(utf8);
    } else {
      System.arraycopy(utf8, 0, buffer, filled, utf8.length);
      filled += utf8.length;
    }
  }

  /** Most texts are short and of one byte a character; false if this one is not. */
  private boolean ascii(String text, int length) {
    int at = filled + 1;
    for (int i = 0; i < length; i++) {
      char each = text.charAt(i);
      if (each >= 0x80) {
        return false;
      }
      buffer[at + i] = (byte) each;
    }
    buffer[filled] = (byte) length;
    filled = at + length;
    return true;
  }

  private void count(int value) throws IOException {
    room(5);
    int rest = value;
    while (rest > 0x7f) {
      buffer[filled++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    buffer[filled++] = (byte) rest;
  }

  private void integer(int value) throws IOException {
    room(Integer.BYTES);
    INT.set(buffer, filled, value);
    filled += Integer.BYTES;
  }

  private void octet(int value) throws IOException {
    room(1);
    buffer[filled++] = (byte) value;
  }

  private void room(int bytes) throws IOException {
    if (buffer.length - filled < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    crc.update(buffer, 0, filled);
    out.write(buffer, 0, filled);
    filled = 0;
  }
}
