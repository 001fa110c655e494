package io.fedflow.storage.parquet;

import io.fedflow.data.Digests;
import io.fedflow.data.TableManifest.FilePart;
import io.fedflow.spi.BlobStore;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes rows as Parquet files, each of as many rows as DuckDB holds without growing: rows go into
 * a temporary table, the table into a file, the file into a blob. Owns its session. Not
 * thread-safe.
 */
final class PartWriter implements AutoCloseable {

  /** Large enough for groups of rows that are quickly read, some of which fit into the memory. */
  static final long PART_BYTES = 96L << 20;

  private static final int PART_ROWS = 1 << 20;

  /** Cells that a group of rows of a file has; Parquet's readers hold a group in memory. */
  private static final int GROUP_CELLS = 1 << 22;

  private static final int GROUP_ROWS = 122_880;

  /** DuckDB's own batches; groups of rows are made of whole ones. */
  private static final int VECTOR = 2_048;

  /** A value that DuckDB holds, and what it takes of a text up to this length. */
  private static final int CELL = 16;

  private static final int INLINE = 12;

  private final DuckSession session;
  private final TableSchema schema;
  private final BlobStore blobs;
  private final String key;
  private final long partBytes;
  private final Consumer<FilePart> files;
  private final String copied;
  private DuckDBAppender appender;
  private long bytes;
  private int rows;
  private int parts;

  /**
   * Begins to write.
   *
   * @param key of the table
   * @param partBytes how much of DuckDB's memory the rows of a file may take
   * @param files hears each file before its blob is written
   */
  PartWriter(
      DuckSession session,
      TableSchema schema,
      BlobStore blobs,
      String key,
      long partBytes,
      Consumer<FilePart> files)
      throws IOException {
    this.session = session;
    this.schema = schema;
    this.blobs = blobs;
    this.key = key;
    this.partBytes = partBytes;
    this.files = files;
    this.copied = projection(ParquetNames.of(schema));
    try {
      begin();
    } catch (IOException | RuntimeException failed) {
      session.close();
      throw failed;
    }
  }

  private static String projection(List<String> names) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append('c').append(i);
      sql.append(" AS ").append(Duck.name(names.get(i)));
    }
    return sql.toString();
  }

  private void begin() throws IOException {
    StringBuilder sql = new StringBuilder("CREATE OR REPLACE TEMP TABLE part (c0 VARCHAR");
    int at = 1;
    for (ColumnSpec column : schema.columns()) {
      sql.append(", c").append(at++);
      sql.append(column.type() == ColumnSpec.Type.TEXT ? " VARCHAR" : " DOUBLE");
    }
    session.run(sql.append(')').toString());
    try {
      appender =
          session.connection().createAppender("temp", DuckDBConnection.DEFAULT_SCHEMA, "part");
    } catch (SQLException failed) {
      throw DuckSession.failure(failed);
    }
    bytes = 0;
    rows = 0;
  }

  /** Writes the next rows. */
  void add(Table group) throws IOException {
    if (!group.schema().equals(schema)) {
      throw new IllegalArgumentException("table: rows of another schema than the file's");
    }
    Object[] columns = new Object[group.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          group.column(i) instanceof Column.Texts texts
              ? texts.values()
              : ((Column.Numbers) group.column(i)).values();
    }
    try {
      for (int row = 0; row < group.rowCount(); row++) {
        append(group.ids()[row], columns, row);
        if (bytes >= partBytes || rows >= PART_ROWS) {
          endPart();
          begin();
        }
      }
    } catch (SQLException failed) {
      throw DuckSession.failure(failed);
    }
  }

  private void append(String id, Object[] columns, int row) throws SQLException {
    appender.beginRow();
    appender.append(id);
    bytes += taken(id);
    for (Object column : columns) {
      if (column instanceof double[] numbers) {
        appender.append(numbers[row]);
        bytes += Double.BYTES;
      } else {
        String text = ((String[]) column)[row];
        appender.append(text);
        bytes += taken(text);
      }
    }
    appender.endRow();
    rows++;
  }

  private static int taken(String text) {
    return text.length() <= INLINE ? CELL : CELL + text.length();
  }

  /** Writes what is left; a table without rows has one file, too. */
  void finish() throws IOException {
    if (rows > 0 || parts == 0) {
      endPart();
    }
  }

  private void endPart() throws IOException {
    closeAppender();
    Path file = session.newFile();
    int groupRows =
        Math.max(1, Math.min(GROUP_ROWS, GROUP_CELLS / (schema.columns().size() + 1)) / VECTOR)
            * VECTOR;
    session.run(
        "COPY (SELECT "
            + copied
            + " FROM part) TO "
            + Duck.text(file.toString())
            + " (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE "
            + groupRows
            + ")");
    FilePart part =
        new FilePart(
            String.format("part-%05d.parquet", parts++), rows, Files.size(file), sha256(file));
    files.accept(part);
    blobs.write(part.key(key), out -> Files.copy(file, out));
    session.drop(file);
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = Digests.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return Digests.hex(digest);
  }

  private void closeAppender() throws IOException {
    DuckDBAppender open = appender;
    appender = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException failed) {
        throw DuckSession.failure(failed);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeAppender();
    } finally {
      session.close();
    }
  }
}
