package io.fedflow.storage.parquet;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
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

  private static final String NO_MEMORY = "Out of Memory Error";

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

  /**
   * What DuckDB said, in one line.
   *
   * @throws FedflowException {@code table.memory} (EXHAUSTED) if it had too little memory
   */
  static IOException failure(SQLException failed) {
    requireMemory(failed);
    return new IOException(reason(failed), failed);
  }

  /**
   * Tells a lack of memory from other failures.
   *
   * @throws FedflowException {@code table.memory} (EXHAUSTED) if it is one
   */
  static void requireMemory(SQLException failed) {
    String reason = reason(failed);
    if (reason.startsWith(NO_MEMORY)) {
      throw new FedflowException(
          FailureKind.EXHAUSTED,
          "table.memory",
          "the rows do not fit into the memory for tables: "
              + reason
              + "; give it more (--table-memory), or split the table",
          failed);
    }
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
