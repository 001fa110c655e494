package io.fedflow.storage.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** Parquet files as others write them. */
final class SampleFiles {

  private SampleFiles() {}

  /** Writes what a query gives, by a DuckDB of its own, in the place of what was there. */
  static Path parquet(Path file, String select) throws IOException {
    Files.deleteIfExists(file);
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (" + select + ") TO " + Duck.text(file.toString()) + " (FORMAT parquet)");
      return file;
    } catch (SQLException failed) {
      throw new IOException("sample: " + select, failed);
    }
  }
}
