package io.fedflow.storage.sqlite;

import io.fedflow.storage.sql.Migrations;
import io.fedflow.storage.sql.backup.InsertStatement;
import io.fedflow.storage.sql.backup.RestoreTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;

/**
 * A database that is filled under another name, and gets its own when it is whole: a server never
 * starts with half of a backup.
 */
final class SqliteRestore implements RestoreTarget {

  private static final String UNFINISHED = "fedflow.db.restoring";

  private final Path dir;
  private final FolderLock lock;
  private final FolderBlobStore blobs;
  private final SqliteConnection connection;
  private boolean open = true;

  private SqliteRestore(
      Path dir, FolderLock lock, FolderBlobStore blobs, SqliteConnection connection) {
    this.dir = dir;
    this.lock = lock;
    this.blobs = blobs;
    this.connection = connection;
  }

  static SqliteRestore begin(Path dir, int schema, FolderLock lock) throws IOException {
    Path file = dir.resolve(UNFINISHED);
    drop(file);
    try {
      Migrations migrations = Migrations.all().upTo(schema);
      SqliteConnection connection = SqliteConnection.whole(file);
      SqliteSchema.migrate(connection, file.toString(), migrations);
      connection.run("BEGIN IMMEDIATE");
      return new SqliteRestore(
          dir, lock, FolderBlobStore.open(dir.resolve(SqliteStores.BLOBS)), connection);
    } catch (SQLException failed) {
      throw Failures.unavailable("database " + file + " cannot be made", failed);
    }
  }

  @Override
  public String kind() {
    return SqliteSnapshot.KIND;
  }

  @Override
  public void blob(String name, InputStream content) throws IOException {
    blobs.restore(name, content);
  }

  @Override
  public void rows(String table, List<String> columns, List<List<Object>> rows) {
    String sql = InsertStatement.of(table, columns, "");
    try {
      for (List<Object> row : rows) {
        connection.update(sql, row);
      }
    } catch (SQLException failed) {
      throw Failures.unavailable("rows of " + table + " cannot be restored", failed);
    }
  }

  @Override
  public void commit() throws IOException {
    try {
      connection.run("COMMIT");
      connection.close();
    } catch (SQLException failed) {
      throw Failures.unavailable("the restored database cannot be written", failed);
    }
    Files.move(
        dir.resolve(UNFINISHED),
        dir.resolve(SqliteStores.DATABASE),
        StandardCopyOption.ATOMIC_MOVE);
    FolderBlobStore.sync(dir);
    open = false;
    lock.close();
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      try {
        connection.close();
        drop(dir.resolve(UNFINISHED));
      } catch (SQLException | IOException failed) {
        System.getLogger(SqliteRestore.class.getName())
            .log(System.Logger.Level.WARNING, "what was begun could not be dropped", failed);
      }
      lock.close();
    }
  }

  private static void drop(Path file) throws IOException {
    for (String part : List.of("", "-journal", "-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
    }
  }
}
