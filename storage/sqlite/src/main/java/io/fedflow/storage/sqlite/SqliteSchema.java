package io.fedflow.storage.sqlite;

import io.fedflow.storage.sql.Dialect;
import io.fedflow.storage.sql.Migration;
import io.fedflow.storage.sql.Migrations;
import java.sql.SQLException;
import java.util.List;

/** Brings the schema of a file up to date. */
final class SqliteSchema {

  private SqliteSchema() {}

  static void migrate(SqliteConnection connection, String database) throws SQLException {
    migrate(connection, database, Migrations.all());
  }

  static void migrate(SqliteConnection connection, String database, Migrations migrations)
      throws SQLException {
    connection.run("BEGIN IMMEDIATE");
    try {
      connection.run(Migrations.CREATE_MEMORY);
      List<Migration.Applied> applied =
          connection.rows(Migrations.APPLIED, List.of(), Migrations::applied);
      for (Migration migration : migrations.pending(applied, database)) {
        for (String statement : migration.statements(Dialect.SQLITE)) {
          connection.run(statement);
        }
        connection.update(
            Migrations.REMEMBER, Migrations.memory(migration, System.currentTimeMillis()));
      }
      connection.run("COMMIT");
    } catch (SQLException | RuntimeException e) {
      connection.run("ROLLBACK");
      throw e;
    }
  }
}
