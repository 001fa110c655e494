package io.fedflow.storage.sqlite;

import io.fedflow.storage.sql.Dialect;
import io.fedflow.storage.sql.SqlRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sqlite.SQLiteConfig;

/**
 * One connection with its prepared statements; the least recently used are dropped. Not
 * thread-safe.
 */
final class SqliteConnection implements AutoCloseable {

  private static final int STATEMENTS = 128;
  private static final int CACHE_KIB = 16_384;

  /** Of 4 KiB each; the log grows to so many before it is copied into the file. */
  private static final int LOG_PAGES = 4_000;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

  private SqliteConnection(Connection connection) {
    this.connection = connection;
  }

  static SqliteConnection writing(Path file) throws SQLException {
    SQLiteConfig config = config();
    // The log makes readers and the writer independent; FULL syncs it at every commit.
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    // A burst of jobs must neither spill what it has not committed nor copy the log at each commit.
    config.setCacheSize(-CACHE_KIB);
    SqliteConnection connection =
        new SqliteConnection(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
    connection.run("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
    return connection;
  }

  /** One that leaves a single file when it is closed. */
  static SqliteConnection whole(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return new SqliteConnection(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
  }

  static SqliteConnection reading(Path file) throws SQLException {
    SqliteConnection connection =
        new SqliteConnection(config().createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
    connection.run("PRAGMA query_only = true");
    return connection;
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    return config;
  }

  /**
   * Begins a transaction that writes. The driver has to know of it: otherwise it tries before every
   * statement whether there is one.
   */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Makes the transaction last. */
  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  /** Undoes the transaction, and leaves none open, whatever happens. */
  void rollBack() throws SQLException {
    try {
      connection.rollback();
    } finally {
      // The driver has begun another one, of which nothing is to be written.
      connection.setAutoCommit(true);
    }
  }

  /** Runs a statement without parameters. */
  void run(String sql) throws SQLException {
    using(sql, List.of(), PreparedStatement::execute);
  }

  /** Runs a statement and tells how many rows it touched. */
  int update(String sql, List<Object> args) throws SQLException {
    return using(sql, args, PreparedStatement::executeUpdate);
  }

  /** Runs a statement and maps its rows. */
  <R> List<R> rows(String sql, List<Object> args, Function<SqlRow, R> mapper) throws SQLException {
    return using(sql, args, statement -> mapped(statement, mapper));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private <T> T using(String sql, List<Object> args, Use<T> use) throws SQLException {
    PreparedStatement statement = statement(sql);
    try {
      for (int i = 0; i < args.size(); i++) {
        if (args.get(i) instanceof Long number) {
          statement.setLong(i + 1, number);
        } else {
          statement.setString(i + 1, (String) args.get(i));
        }
      }
      return use.of(statement);
    } catch (SQLException e) {
      // The driver gives a failed statement up: keeping it would fail all later uses.
      statements.remove(sql);
      statement.close();
      throw e;
    }
  }

  private static <R> List<R> mapped(PreparedStatement statement, Function<SqlRow, R> mapper)
      throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      SqlRow row = new ResultRow(result);
      List<R> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.map(mapper));
      }
      return rows;
    }
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement made = connection.prepareStatement(Dialect.SQLITE.statement(sql));
    statements.put(sql, made);
    if (statements.size() > STATEMENTS) {
      statements.remove(statements.keySet().iterator().next()).close();
    }
    return made;
  }

  /** What is done with a statement whose parameters are set. */
  @FunctionalInterface
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  /** The current row of a result. */
  private record ResultRow(ResultSet result) implements SqlRow {

    @Override
    public String text(int position) {
      try {
        return result.getString(position + 1);
      } catch (SQLException e) {
        throw Failures.unavailable("a stored row cannot be read", e);
      }
    }

    @Override
    public long number(int position) {
      try {
        return result.getLong(position + 1);
      } catch (SQLException e) {
        throw Failures.unavailable("a stored row cannot be read", e);
      }
    }
  }
}
