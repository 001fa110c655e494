package io.fedflow.benchmarks.storage;

import io.fedflow.storage.sql.Dialect;
import io.fedflow.storage.sql.Step;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** JDBC to a file whose log is synced at every commit. */
final class RawSqlite implements RawWriter {

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  RawSqlite(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
    }
    connection.setAutoCommit(false);
  }

  @Override
  public void write(List<List<Step>> group) throws SQLException {
    for (Map.Entry<String, List<List<Object>>> batch : RawWriter.batches(group).entrySet()) {
      PreparedStatement statement = statement(batch.getKey());
      for (List<Object> row : batch.getValue()) {
        for (int i = 0; i < row.size(); i++) {
          if (row.get(i) instanceof Long number) {
            statement.setLong(i + 1, number);
          } else {
            statement.setString(i + 1, (String) row.get(i));
          }
        }
        statement.executeUpdate();
      }
    }
    connection.commit();
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(Dialect.SQLITE.statement(sql));
      statements.put(sql, known);
    }
    return known;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
