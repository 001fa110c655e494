package io.fedflow.storage.parquet;

import io.fedflow.spi.TableEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * The one DuckDB of a process: in memory, bounded, and fenced into its own scratch folder, so that
 * nothing that a file says reaches other files or the network. Thread-safe.
 */
final class Duck implements AutoCloseable {

  /** Spilled rows of a table that turned out far larger than a disk must not fill it. */
  private static final String MOST_SPILLED = "64GiB";

  private static final long MEMORY_OF_A_THREAD = 256L << 20;

  private final TableEngine.Settings settings;
  private ScratchFolder scratch;
  private DuckDBConnection root;
  private boolean closed;

  Duck(TableEngine.Settings settings) {
    this.settings = settings;
  }

  /**
   * A connection of its own, with a place for files, for one thread at a time.
   *
   * @throws IOException if the library cannot be loaded, or the folder not be made
   */
  synchronized DuckSession session() throws IOException {
    if (closed) {
      throw new IOException("the Parquet engine is closed");
    }
    try {
      if (root == null) {
        open();
      }
      return new DuckSession(root.duplicate(), scratch);
    } catch (SQLException | LinkageError failed) {
      throw new IOException("the Parquet engine cannot be used: " + failed.getMessage(), failed);
    }
  }

  private void open() throws SQLException, IOException {
    if (scratch == null) {
      scratch = ScratchFolder.open(settings.scratch());
    }
    Properties streaming = new Properties();
    streaming.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    DuckDBConnection opened =
        (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", streaming);
    try (Statement statement = opened.createStatement()) {
      for (String setting : settings()) {
        statement.execute(setting);
      }
    } catch (SQLException failed) {
      opened.close();
      throw failed;
    }
    root = opened;
  }

  private List<String> settings() {
    // Every thread that writes holds a group of rows.
    long affordable = settings.memoryBytes() / MEMORY_OF_A_THREAD;
    long threads = Math.max(1, Math.min(affordable, Runtime.getRuntime().availableProcessors()));
    return List.of(
        "SET memory_limit = '" + (settings.memoryBytes() >> 20) + "MiB'",
        "SET threads = " + threads,
        "SET preserve_insertion_order = true",
        "SET temp_directory = " + text(scratch.path().resolve("spilled").toString()),
        "SET max_temp_directory_size = '" + MOST_SPILLED + "'",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET allowed_directories = [" + text(scratch.path().toString()) + "]",
        "SET enable_external_access = false",
        "SET lock_configuration = true");
  }

  /** A text of SQL. */
  static String text(String plain) {
    return '\'' + plain.replace("'", "''") + '\'';
  }

  /** A name of SQL. */
  static String name(String plain) {
    return '"' + plain.replace("\"", "\"\"") + '"';
  }

  /** Where files of sessions lie; null before the first one. */
  synchronized Path folder() {
    return scratch == null ? null : scratch.path();
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (root != null) {
        root.close();
      }
    } catch (SQLException failed) {
      System.getLogger(Duck.class.getName())
          .log(System.Logger.Level.WARNING, "the Parquet engine did not close", failed);
    } finally {
      if (scratch != null) {
        scratch.close();
      }
    }
  }
}
