package io.fedflow.storage.postgres;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.StoreRules;
import io.fedflow.storage.sql.Migration;
import io.fedflow.storage.sql.Migrations;
import io.fedflow.storage.sql.backup.InsertStatement;
import io.fedflow.storage.sql.backup.StoreSnapshot;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;

/** A transaction that sees the database as it was at its beginning. Its blobs are rows. */
final class PostgresSnapshot implements StoreSnapshot {

  /** Which kind of store a database is. */
  static final String KIND = "postgres";

  private static final String TABLES =
      "SELECT table_name::text FROM information_schema.tables WHERE table_schema ="
          + " current_schema() AND table_type = 'BASE TABLE' ORDER BY 1";
  private static final String COLUMNS =
      "SELECT column_name::text FROM information_schema.columns WHERE table_schema ="
          + " current_schema() AND table_name = $1 ORDER BY ordinal_position";
  private static final String CHUNK =
      "SELECT chunk.bytes FROM blob_chunk chunk JOIN blob_entry entry ON chunk.content_id ="
          + " entry.content_id WHERE entry.blob_key = $1 AND chunk.part = $2";
  private static final String BLOB = "SELECT byte_count FROM blob_entry WHERE blob_key = $1";

  /** A row may be a part of a blob: few of these are kept in memory at once. */
  private static final int ROWS_AHEAD = 16;

  private final PgConnection connection;
  private final String database;

  private PostgresSnapshot(PgConnection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  static PostgresSnapshot begin(PgConnection connection, String database) throws IOException {
    PostgresSnapshot snapshot = new PostgresSnapshot(connection, database);
    try {
      Bridge.await(connection.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").execute());
      if (!snapshot.names(TABLES, Tuple.tuple()).contains("schema_migration")) {
        throw FedflowException.invalid(
            "store.unknown", database + ": no server ever used this database");
      }
      return snapshot;
    } catch (IOException | RuntimeException failed) {
      snapshot.close();
      throw failed;
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String place() {
    return database;
  }

  @Override
  public List<Migration.Applied> applied() throws IOException {
    List<Migration.Applied> applied = new ArrayList<>();
    for (Row row : Bridge.await(connection.query(Migrations.APPLIED).execute())) {
      applied.add(Migrations.applied(new ResultRow(row)));
    }
    return applied;
  }

  @Override
  public List<String> tables() throws IOException {
    List<String> tables = names(TABLES, Tuple.tuple());
    tables.removeAll(FLEETING);
    return tables;
  }

  @Override
  public List<String> columns(String table) throws IOException {
    return names(COLUMNS, Tuple.of(table));
  }

  @Override
  public void rows(String table, RowSink sink) throws IOException {
    PreparedStatement statement =
        Bridge.await(connection.prepare("SELECT * FROM " + InsertStatement.quoted(table)));
    Cursor cursor = statement.cursor();
    try {
      boolean more = true;
      while (more) {
        for (Row row : Bridge.await(cursor.read(ROWS_AHEAD))) {
          sink.row(values(row));
        }
        more = cursor.hasMore();
      }
    } finally {
      Bridge.await(cursor.close());
      Bridge.await(statement.close());
    }
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      Object value = row.getValue(i);
      values.add(value instanceof Buffer bytes ? bytes.getBytes() : value);
    }
    return values;
  }

  @Override
  public void blobs(BlobSink sink) {
    // They are among the rows.
  }

  @Override
  public InputStream blob(String key) throws IOException {
    if (Bridge.await(connection.preparedQuery(BLOB).execute(Tuple.of(key))).size() == 0) {
      throw StoreRules.unknownBlob(key);
    }
    return new SequenceInputStream(new Chunks(key));
  }

  @Override
  public List<String> damage() {
    // Postgres looks after its own files.
    return List.of();
  }

  @Override
  public void close() {
    connection.close();
  }

  private List<String> names(String sql, Tuple args) throws IOException {
    List<String> names = new ArrayList<>();
    for (Row row : Bridge.await(connection.preparedQuery(sql).execute(args))) {
      names.add(row.getString(0));
    }
    return names;
  }

  /** The parts of a blob, each read when the one before it was used up. */
  private final class Chunks implements Enumeration<InputStream> {

    private final String key;
    private long part;
    private RowSet<Row> next;

    Chunks(String key) {
      this.key = key;
    }

    @Override
    public boolean hasMoreElements() {
      if (next == null) {
        try {
          next = Bridge.await(connection.preparedQuery(CHUNK).execute(Tuple.of(key, part)));
        } catch (IOException interrupted) {
          throw Failures.of(interrupted);
        }
      }
      return next.size() > 0;
    }

    @Override
    public InputStream nextElement() {
      if (!hasMoreElements()) {
        throw new NoSuchElementException();
      }
      byte[] bytes = next.iterator().next().getBuffer(0).getBytes();
      next = null;
      part++;
      return new ByteArrayInputStream(bytes);
    }
  }
}
