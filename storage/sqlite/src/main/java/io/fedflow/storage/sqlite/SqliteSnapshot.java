package io.fedflow.storage.sqlite;

import io.fedflow.storage.sql.Migration;
import io.fedflow.storage.sql.backup.InsertStatement;
import io.fedflow.storage.sql.backup.StoreSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;

/** A read transaction of a folder's database: the write-ahead log keeps its view still. */
final class SqliteSnapshot implements StoreSnapshot {

  /** Which kind of store a folder is. */
  static final String KIND = "sqlite";

  private final Path dir;
  private final FolderBlobStore blobs;
  private final Connection connection;

  private SqliteSnapshot(Path dir, FolderBlobStore blobs, Connection connection) {
    this.dir = dir;
    this.blobs = blobs;
    this.connection = connection;
  }

  static SqliteSnapshot open(Path dir) {
    Path file = dir.resolve(SqliteStores.DATABASE);
    try {
      SQLiteConfig config = new SQLiteConfig();
      config.setBusyTimeout(10_000);
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      SqliteSnapshot snapshot =
          new SqliteSnapshot(
              dir, FolderBlobStore.reading(dir.resolve(SqliteStores.BLOBS)), connection);
      try {
        snapshot.begin();
      } catch (SQLException failed) {
        snapshot.close();
        throw failed;
      }
      return snapshot;
    } catch (SQLException failed) {
      throw Failures.unavailable("database " + file + " cannot be read", failed);
    }
  }

  private void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = true");
      statement.execute("BEGIN");
      // The view of a transaction is that of its first read.
      statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String place() {
    return "folder " + dir;
  }

  @Override
  public List<Migration.Applied> applied() throws IOException {
    List<Migration.Applied> applied = new ArrayList<>();
    each(
        "SELECT number, name, checksum FROM schema_migration ORDER BY number",
        row ->
            applied.add(new Migration.Applied(row.getInt(1), row.getString(2), row.getString(3))));
    return applied;
  }

  @Override
  public List<String> tables() throws IOException {
    List<String> tables = new ArrayList<>();
    each(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            + " ORDER BY name",
        row -> tables.add(row.getString(1)));
    tables.removeAll(FLEETING);
    return tables;
  }

  @Override
  public List<String> columns(String table) throws IOException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM " + InsertStatement.quoted(table) + " LIMIT 0")) {
      ResultSetMetaData meta = rows.getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.add(meta.getColumnName(i));
      }
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
    return columns;
  }

  @Override
  public void rows(String table, RowSink sink) throws IOException {
    int columns = columns(table).size();
    each(
        "SELECT * FROM " + InsertStatement.quoted(table),
        row -> {
          List<Object> values = new ArrayList<>(columns);
          for (int i = 1; i <= columns; i++) {
            Object value = row.getObject(i);
            values.add(value instanceof Integer small ? Long.valueOf(small) : value);
          }
          sink.row(values);
        });
  }

  @Override
  public void blobs(BlobSink sink) throws IOException {
    try (Stream<Path> files = blobs.files()) {
      for (Iterator<Path> each = files.iterator(); each.hasNext(); ) {
        Path file = each.next();
        String name = file.getParent().getFileName().toString() + file.getFileName();
        try (InputStream in = Files.newInputStream(file)) {
          sink.blob(name, in);
        } catch (NoSuchFileException droppedMeanwhile) {
          continue;
        }
      }
    }
  }

  @Override
  public InputStream blob(String key) throws IOException {
    return blobs.read(key);
  }

  @Override
  public List<String> damage() throws IOException {
    List<String> found = new ArrayList<>();
    each("PRAGMA integrity_check(20)", row -> found.add(row.getString(1)));
    found.remove("ok");
    return found;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw Failures.unavailable("the database could not be closed", failed);
    }
  }

  private void each(String sql, Row use) throws IOException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        use.of(rows);
      }
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  private RuntimeException unreadable(SQLException failed) {
    return Failures.unavailable("the database of folder " + dir + " cannot be read", failed);
  }

  /** What is done with a row of a result. */
  @FunctionalInterface
  private interface Row {
    void of(ResultSet row) throws SQLException, IOException;
  }
}
