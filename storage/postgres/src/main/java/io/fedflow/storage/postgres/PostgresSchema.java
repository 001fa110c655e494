package io.fedflow.storage.postgres;

import io.fedflow.storage.sql.Dialect;
import io.fedflow.storage.sql.Migration;
import io.fedflow.storage.sql.Migrations;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Brings the schema of a database up to date, one server at a time. */
final class PostgresSchema {

  /** Any number, but the same in all versions: "fedflow" in ASCII. */
  private static final long LOCK = 0x66656466_6c6f77L;

  private final SqlConnection connection;
  private final String database;
  private final Migrations migrations;

  private PostgresSchema(SqlConnection connection, String database, Migrations migrations) {
    this.connection = connection;
    this.database = database;
    this.migrations = migrations;
  }

  /** Brings a schema up to the last of these migrations, in the connection's transaction. */
  static Future<Void> apply(SqlConnection connection, String database, Migrations migrations) {
    return new PostgresSchema(connection, database, migrations).bringUp();
  }

  static Future<Void> migrate(SqlConnection connection, String database) {
    return connection
        .begin()
        .compose(
            transaction ->
                apply(connection, database, Migrations.all())
                    .transform(
                        done ->
                            done.succeeded()
                                ? transaction.commit()
                                : transaction
                                    .rollback()
                                    .transform(undone -> Future.failedFuture(done.cause()))));
  }

  private Future<Void> bringUp() {
    return run("SELECT pg_advisory_xact_lock($1)", List.of(LOCK))
        // Else every start logs the notice that the table is there already.
        .compose(locked -> run("SET LOCAL client_min_messages = warning", List.of()))
        .compose(quiet -> run(Migrations.CREATE_MEMORY, List.of()))
        .compose(there -> connection.query(Migrations.APPLIED).execute())
        .compose(
            rows -> {
              List<Migration.Applied> applied = new ArrayList<>();
              rows.forEach(row -> applied.add(Migrations.applied(new ResultRow(row))));
              return apply(migrations.pending(applied, database));
            });
  }

  private Future<Void> apply(List<Migration> pending) {
    Future<Void> all = Future.succeededFuture();
    for (Migration migration : pending) {
      for (String statement : migration.statements(Dialect.POSTGRES)) {
        all = all.compose(before -> run(statement, List.of()));
      }
      List<Object> memory = Migrations.memory(migration, System.currentTimeMillis());
      all = all.compose(before -> run(Migrations.REMEMBER, memory));
    }
    return all;
  }

  private Future<Void> run(String sql, List<Object> args) {
    return args.isEmpty()
        ? connection.query(sql).execute().mapEmpty()
        : connection.preparedQuery(sql).execute(Tuple.wrap(args)).mapEmpty();
  }
}
