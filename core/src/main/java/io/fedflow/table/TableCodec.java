package io.fedflow.table;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The plain table file: magic {@code FFT1}, schema, ids, columns, then a CRC-32C of all of it.
 * Needs nothing but the JDK. Big-endian; texts are a 32-bit length and UTF-8.
 */
public final class TableCodec {

  private static final int MAGIC = 0x46465431;
  private static final int MAX_COLUMNS = 1 << 20;
  private static final int MAX_TEXT = 64 << 20;
  private static final int MAX_ROWS = 1 << 30;

  private TableCodec() {}

  /** Writes a table; the stream stays open. */
  public static void write(Table table, OutputStream out) throws IOException {
    CRC32C crc = new CRC32C();
    DataOutputStream data =
        new DataOutputStream(new BufferedOutputStream(new CheckedOutputStream(out, crc), 1 << 16));
    TableSchema schema = table.schema();
    data.writeInt(MAGIC);
    data.writeByte(schema.kind().ordinal());
    text(data, schema.idName());
    text(data, schema.delimiter());
    data.writeInt(schema.columns().size());
    for (ColumnSpec column : schema.columns()) {
      text(data, column.name());
      data.writeByte(column.type().ordinal());
      data.writeByte(column.use().ordinal());
      text(data, column.anonymousName());
    }
    data.writeInt(table.rowCount());
    for (String id : table.ids()) {
      text(data, id);
    }
    for (Column column : table.columns()) {
      if (column instanceof Column.Numbers numbers) {
        for (double value : numbers.values()) {
          data.writeLong(Double.doubleToRawLongBits(value));
        }
      } else if (column instanceof Column.Texts texts) {
        for (String value : texts.values()) {
          text(data, value);
        }
      }
    }
    data.flush();
    new DataOutputStream(out).writeInt((int) crc.getValue());
    out.flush();
  }

  /**
   * Reads a table, to the end of the stream.
   *
   * @throws FedflowException {@code table.damaged} if the bytes are not a whole, undamaged table
   *     file
   */
  public static Table read(InputStream in) throws IOException {
    CRC32C crc = new CRC32C();
    // The checksum wraps the buffer, so that it sees exactly the bytes that were consumed.
    CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(in, 1 << 16), crc);
    DataInputStream data = new DataInputStream(checked);
    try {
      if (data.readInt() != MAGIC) {
        throw damaged("it does not start with the magic FFT1");
      }
      TableKind kind =
          TableKind.values()[bounded(data.readUnsignedByte(), TableKind.values().length)];
      String idName = text(data);
      String delimiter = text(data);
      int columnCount = bounded(data.readInt(), MAX_COLUMNS);
      List<ColumnSpec> specs = new ArrayList<>();
      for (int i = 0; i < columnCount; i++) {
        specs.add(
            new ColumnSpec(
                text(data),
                ColumnSpec.Type.values()[
                    bounded(data.readUnsignedByte(), ColumnSpec.Type.values().length)],
                ColumnSpec.Use.values()[
                    bounded(data.readUnsignedByte(), ColumnSpec.Use.values().length)],
                text(data)));
      }
      int rows = bounded(data.readInt(), MAX_ROWS);
      String[] ids = texts(data, rows);
      List<Column> columns = new ArrayList<>();
      for (ColumnSpec spec : specs) {
        columns.add(
            spec.type() == ColumnSpec.Type.TEXT
                ? new Column.Texts(texts(data, rows))
                : new Column.Numbers(numbers(data, rows)));
      }
      int expected = (int) crc.getValue();
      if (data.readInt() != expected) {
        throw damaged("its checksum does not match");
      }
      if (data.read() >= 0) {
        throw damaged("it goes on after its checksum");
      }
      return new Table(new TableSchema(kind, idName, specs, delimiter), ids, columns);
    } catch (EOFException cut) {
      throw damaged("it is cut short");
    }
  }

  private static double[] numbers(DataInputStream data, int rows) throws IOException {
    double[] values = new double[0];
    // Grown in steps: a damaged count must not allocate what the file cannot hold.
    for (int done = 0; done < rows; ) {
      int step = Math.min(rows - done, 1 << 16);
      values = java.util.Arrays.copyOf(values, Math.max(done + step, Math.min(rows, done * 2)));
      for (int i = 0; i < step; i++) {
        values[done + i] = Double.longBitsToDouble(data.readLong());
      }
      done += step;
    }
    return values.length == rows ? values : java.util.Arrays.copyOf(values, rows);
  }

  private static String[] texts(DataInputStream data, int rows) throws IOException {
    List<String> values = new ArrayList<>(Math.min(rows, 1 << 16));
    for (int i = 0; i < rows; i++) {
      values.add(text(data));
    }
    return values.toArray(String[]::new);
  }

  private static void text(DataOutputStream data, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    data.writeInt(utf8.length);
    data.write(utf8);
  }

  private static String text(DataInputStream data) throws IOException {
    int length = bounded(data.readInt(), MAX_TEXT);
    byte[] utf8 = data.readNBytes(length);
    if (utf8.length != length) {
      throw new EOFException();
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static int bounded(int value, int limit) {
    if (value < 0 || value >= limit) {
      throw damaged("it holds the impossible count " + value);
    }
    return value;
  }

  private static FedflowException damaged(String why) {
    return new FedflowException(
        FailureKind.INVALID,
        "table.damaged",
        "table file is damaged: " + why + "; restore it or upload again");
  }
}
