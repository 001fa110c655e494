package io.fedflow.benchmarks.edge;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;

/** DuckDB alone on the same file, with the memory that a server gives it but for joins. */
final class BareDuck {

  private static final String MEMORY = "512MiB";

  /** A join that may not spill keeps one side in memory. */
  private static final String JOIN_MEMORY = "4GiB";

  private final Path csv;
  private final Path parquet;

  BareDuck(Path csv, Path parquet) {
    this.csv = csv;
    this.parquet = parquet;
  }

  private static Connection open(String memory) throws Exception {
    Properties streaming = new Properties();
    streaming.setProperty("jdbc_stream_results", "true");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", streaming);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '" + memory + "'");
    }
    return connection;
  }

  /** Makes a Parquet file of texts, as an upload does. */
  Void convert() throws Exception {
    try (Connection connection = open(MEMORY);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_csv('"
              + csv
              + "', header = true, all_varchar = true)) TO '"
              + parquet
              + "' (FORMAT parquet)");
    }
    return null;
  }

  /** Joins another Parquet file with this one by id, and writes all columns of both. */
  Void join(Path first, Path joined) throws Exception {
    try (Connection connection = open(JOIN_MEMORY);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_parquet('"
              + first
              + "') AS one JOIN read_parquet('"
              + parquet
              + "') AS other USING (id)) TO '"
              + joined
              + "' (FORMAT parquet)");
    }
    return null;
  }

  /** Reads every cell of the file. */
  Void scan() throws Exception {
    long characters = 0;
    try (Connection connection = open(MEMORY);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM read_parquet('" + parquet + "')")) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          characters += rows.getString(i).length();
        }
      }
    }
    if (characters == 0) {
      throw new IllegalStateException("the scan read nothing");
    }
    return null;
  }
}
