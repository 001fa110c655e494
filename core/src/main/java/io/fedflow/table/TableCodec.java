package io.fedflow.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Whole tables as bytes; see {@link TableWriter} and {@link TableReader}. */
public final class TableCodec {

  /** The first bytes of every table, big-endian. */
  public static final int MAGIC = TableFormat.MAGIC;

  private TableCodec() {}

  /** Writes a table; the stream stays open. */
  public static void write(Table table, OutputStream out) throws IOException {
    TableWriter writer = new TableWriter(table.schema(), out);
    writer.write(table);
    writer.finish();
  }

  /**
   * Reads a table, to the end of the stream.
   *
   * @throws io.fedflow.failure.FedflowException {@code table.damaged} if the bytes are not a whole,
   *     undamaged table file
   */
  @SuppressWarnings("resource") // The stream belongs to the caller.
  public static Table read(InputStream in) throws IOException {
    return new TableReader(in).collect(Integer.MAX_VALUE);
  }
}
