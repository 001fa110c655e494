package io.fedflow.benchmarks.storage;

import io.fedflow.storage.sql.Step;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Vert.x's client of Postgres over one connection, which sends a transaction without waiting. */
final class RawPostgres implements RawWriter {

  private final PgConnection connection;

  RawPostgres(Vertx vertx, String url) {
    PgConnectOptions options = PgConnectOptions.fromUri(url);
    options.setCachePreparedStatements(true);
    options.setPipeliningLimit(256);
    connection = PgConnection.connect(vertx, options).await();
  }

  @Override
  public void write(List<List<Step>> group) {
    List<Future<?>> sent = new ArrayList<>();
    sent.add(connection.query("BEGIN").execute());
    RawWriter.batches(group)
        .forEach(
            (sql, rows) ->
                sent.add(
                    connection
                        .preparedQuery(sql)
                        .executeBatch(rows.stream().map(Tuple::wrap).toList())));
    sent.add(connection.query("COMMIT").execute());
    Future.all(sent).await();
  }

  /** Runs a statement, such as one that empties tables. */
  void run(String sql) {
    connection.query(sql).execute().await();
  }

  /** The number that a query gives. */
  long number(String sql) {
    return connection.query(sql).execute().await().iterator().next().getLong(0);
  }

  @Override
  public void close() {
    connection.close().await();
  }
}
