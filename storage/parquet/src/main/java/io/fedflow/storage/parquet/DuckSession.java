package io.fedflow.storage.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** A connection and its temporary files, which go with it. Not thread-safe. */
final class DuckSession implements AutoCloseable {

  private final DuckDBConnection connection;
  private final ScratchFolder scratch;
  private final List<Path> files = new ArrayList<>();

  DuckSession(DuckDBConnection connection, ScratchFolder scratch) {
    this.connection = connection;
    this.scratch = scratch;
  }

  DuckDBConnection connection() {
    return connection;
  }

  /** Runs a statement that gives nothing. */
  void run(String sql) throws IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /** The name of a file that is not there yet. */
  Path newFile() {
    Path file = scratch.fresh();
    files.add(file);
    return file;
  }

  /** Deletes a file before the session ends. */
  void drop(Path file) throws IOException {
    Files.deleteIfExists(file);
    files.remove(file);
  }

  /** What DuckDB said, in one line. */
  static IOException failure(SQLException failed) {
    return new IOException(reason(failed), failed);
  }

  /** The first line of what DuckDB said, without the statement. */
  static String reason(SQLException failed) {
    String message = String.valueOf(failed.getMessage());
    return message.lines().findFirst().orElse("");
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw failure(failed);
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
