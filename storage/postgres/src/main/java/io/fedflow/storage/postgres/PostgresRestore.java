package io.fedflow.storage.postgres;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.Migrations;
import io.fedflow.storage.sql.backup.InsertStatement;
import io.fedflow.storage.sql.backup.RestoreTarget;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An empty database that is filled in one transaction. */
final class PostgresRestore implements RestoreTarget {

  private static final String NOT_EMPTY =
      "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND"
          + " table_name = 'schema_migration'";
  private static final String COUNTED =
      "SELECT column_name::text FROM information_schema.columns WHERE table_schema ="
          + " current_schema() AND table_name = $1 AND is_identity = 'YES'";

  private final PgConnection connection;
  private final Set<String> tables = new LinkedHashSet<>();

  private PostgresRestore(PgConnection connection) {
    this.connection = connection;
  }

  static PostgresRestore begin(PgConnection connection, String database, int schema)
      throws IOException {
    PostgresRestore restore = new PostgresRestore(connection);
    try {
      Migrations migrations = Migrations.all().upTo(schema);
      Bridge.await(connection.query("BEGIN").execute());
      if (Bridge.await(connection.query(NOT_EMPTY).execute()).size() > 0) {
        throw FedflowException.invalid(
            "store.not_empty",
            database + " has tables of a server already; restore into a new database (createdb)");
      }
      Bridge.await(PostgresSchema.apply(connection, database, migrations));
      return restore;
    } catch (IOException | RuntimeException failed) {
      restore.close();
      throw failed;
    }
  }

  @Override
  public String kind() {
    return PostgresSnapshot.KIND;
  }

  @Override
  public void blob(String name, InputStream content) throws IOException {
    throw new IOException("a blob beside the rows, which backups of Postgres do not have");
  }

  @Override
  public void rows(String table, List<String> columns, List<List<Object>> rows) throws IOException {
    tables.add(table);
    // What counts by itself keeps the numbers that it had.
    String sql = InsertStatement.of(table, columns, "OVERRIDING SYSTEM VALUE");
    Bridge.await(
        connection.preparedQuery(sql).executeBatch(rows.stream().map(this::tuple).toList()));
  }

  private Tuple tuple(List<Object> row) {
    List<Object> values = new ArrayList<>(row.size());
    row.forEach(value -> values.add(value instanceof byte[] bytes ? Buffer.buffer(bytes) : value));
    return Tuple.wrap(values);
  }

  @Override
  public void commit() throws IOException {
    for (String table : tables) {
      for (Row column : Bridge.await(connection.preparedQuery(COUNTED).execute(Tuple.of(table)))) {
        countOn(table, column.getString(0));
      }
    }
    Bridge.await(connection.query("COMMIT").execute());
  }

  private void countOn(String table, String column) throws IOException {
    Bridge.await(
        connection
            .query(
                "SELECT setval(pg_get_serial_sequence('"
                    + table
                    + "', '"
                    + column
                    + "'), max("
                    + InsertStatement.quoted(column)
                    + ")) FROM "
                    + InsertStatement.quoted(table))
            .execute());
  }

  /** What was not committed goes with the connection. */
  @Override
  public void close() {
    connection.close();
  }
}
