package io.fedflow.storage.jdbc;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.SqlTables.Source;
import java.net.SocketTimeoutException;
import java.sql.SQLException;

/** What databases say, as failures. Texts of a database may hold values of rows: none is told. */
final class JdbcFailures {

  /** A connection that broke after it was made. */
  private static final String BROKEN = "08006";

  private JdbcFailures() {}

  static FedflowException of(Source source, SQLException failed) {
    String state = failed.getSQLState() == null ? "" : failed.getSQLState();
    String group = state.length() < 2 ? "" : state.substring(0, 2);
    if (state.equals(BROKEN) && failed.getCause() instanceof SocketTimeoutException) {
      return timeout(source);
    }
    return switch (group) {
      case "28" ->
          refusal(
              "sql.refused",
              source,
              "the database refuses user and password, correct them or the connector");
      case "3D" -> refusal("sql.unknown", source, "there is no such database, correct address/db");
      case "42" ->
          "42501".equals(state)
              ? refusal("sql.refused", source, "the user may not read the table, grant SELECT")
              : refusal(
                  "sql.unknown",
                  source,
                  "there is no such table or column, correct address/name, id_column and"
                      + " feature_column");
      case "57" -> timeout(source);
      default ->
          new FedflowException(
              FailureKind.UNAVAILABLE,
              "sql.unreachable",
              source
                  + ": the database does not answer as it should (SQL state "
                  + (state.isEmpty() ? "none" : state)
                  + "); see that it runs and try again",
              failed);
    };
  }

  static FedflowException timeout(Source source) {
    return new FedflowException(
        FailureKind.EXHAUSTED,
        "sql.timeout",
        source
            + ": reading took longer than "
            + source.patience().toSeconds()
            + " s; read a smaller table or fewer columns");
  }

  private static FedflowException refusal(String code, Source source, String what) {
    return FedflowException.invalid(code, source + ": " + what);
  }
}
