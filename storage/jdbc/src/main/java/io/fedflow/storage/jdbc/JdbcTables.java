package io.fedflow.storage.jdbc;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.SqlTables;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.table.TableSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;

/** Reads tables of Postgres. Stateless. */
public final class JdbcTables implements SqlTables {

  private static final String POSTGRES = "POSTGRESQL";

  /** A database in reach answers within some milliseconds. */
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Longest silence in the middle of an answer. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** For the database to say itself that a statement took too long. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Made by {@link java.util.ServiceLoader}. */
  public JdbcTables() {}

  @Override
  public Set<String> engines() {
    return Set.of(POSTGRES);
  }

  @Override
  public TableSource open(Source source, Layout layout) {
    if (!engines().contains(source.engine())) {
      throw FedflowException.invalid(
          "sql.engine", "engine: found " + source.engine() + ", allowed " + POSTGRES);
    }
    Connection connection = connect(source);
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      return new JdbcRows(connection, source, layout);
    } catch (SQLException | RuntimeException failed) {
      try {
        connection.close();
      } catch (SQLException further) {
        failed.addSuppressed(further);
      }
      if (failed instanceof SQLException said) {
        throw JdbcFailures.of(source, said);
      }
      throw (RuntimeException) failed;
    }
  }

  private static Connection connect(Source source) {
    Properties settings = new Properties();
    settings.setProperty("user", source.user());
    settings.setProperty("password", source.password());
    settings.setProperty("connectTimeout", seconds(CONNECT));
    settings.setProperty("loginTimeout", seconds(CONNECT));
    settings.setProperty("socketTimeout", seconds(shorter(SILENCE, source.patience()).plus(GRACE)));
    settings.setProperty("ApplicationName", "fedflow");
    settings.setProperty("readOnly", "true");
    String host = source.host().contains(":") ? '[' + source.host() + ']' : source.host();
    try {
      // The driver itself, not DriverManager: what else is on the class path is not asked.
      Connection connection =
          new Driver()
              .connect(
                  "jdbc:postgresql://" + host + ':' + source.port() + '/' + source.database(),
                  settings);
      if (connection == null) {
        throw new SQLException("the driver does not take this address");
      }
      return connection;
    } catch (SQLException failed) {
      throw JdbcFailures.of(source, failed);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String seconds(Duration time) {
    return Long.toString(Math.max(1, time.toSeconds()));
  }
}
