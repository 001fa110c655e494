package io.fedflow.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes a table file group by group, in the memory of one group. The stream stays open. Not
 * thread-safe.
 */
public final class TableWriter {

  /** How many rows a table may have. */
  public static final int MAX_ROWS = TableFormat.MAX_ROWS - 1;

  private final OutputStream out;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final TableSchema schema;
  private final int groupRows;
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
    out.write(buffer.array(), 0, buffer.position());
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
          buffer.putLong(Double.doubleToRawLongBits(numbers.values()[row]));
        }
      } else if (column instanceof Column.Texts texts) {
        for (int row = from; row < to; row++) {
          text(texts.values()[row]);
        }
      }
    }
  }

  private void text(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length >= TableFormat.MAX_TEXT) {
      throw new IllegalArgumentException(
          "table: a text of " + utf8.length + " bytes, allowed " + (TableFormat.MAX_TEXT - 1));
    }
    count(utf8.length);
    if (utf8.length > buffer.remaining()) {
      flush();
    }
    if (utf8.length > buffer.remaining()) {
      crc.update(utf8);
      out.write(utf8);
    } else {
      buffer.put(utf8);
    }
  }

  private void count(int value) throws IOException {
    room(5);
    int rest = value;
    while (rest > 0x7f) {
      buffer.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    buffer.put((byte) rest);
  }

  private void integer(int value) throws IOException {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  private void octet(int value) throws IOException {
    room(1);
    buffer.put((byte) value);
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    crc.update(buffer.array(), 0, buffer.position());
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
