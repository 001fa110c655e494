package io.fedflow.storage.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Postgres for tests, one per JVM, from binaries that Maven brings. It does not sync to the disk:
 * durability over a crash of the machine cannot be tested with it.
 */
public final class TestPostgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /** The URL of a fresh and empty database. */
  public static String freshDatabase() {
    String name = "fresh" + DATABASES.incrementAndGet();
    run("CREATE DATABASE " + name);
    return url(name);
  }

  /** The URL of a database of some name, whether it exists or not. */
  public static String url(String database) {
    return "postgres://postgres:postgres@localhost:" + Server.RUNNING.getPort() + '/' + database;
  }

  /** Runs a statement as the owner of everything. */
  public static void run(String sql) {
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("test database: " + sql, e);
    }
  }

  /** Runs a statement in a database whose URL {@link #freshDatabase} gave. */
  public static void runIn(String url, String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://" + url.substring(url.indexOf('@') + 1),
                "postgres",
                "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("test database: " + sql, e);
    }
  }

  /** Makes the server ask a role for its password, which by default it asks nobody for. */
  static void askForPassword(String role) {
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet file = statement.executeQuery("SHOW hba_file")) {
      file.next();
      Path rules = Path.of(file.getString(1));
      String before = Files.readString(rules);
      Files.writeString(rules, "host all " + role + " all scram-sha-256\n" + before);
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the test's Postgres took no rule", e);
    }
  }

  /** Started when first asked for; ends with the JVM. */
  private static final class Server {

    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException("the test's Postgres did not start", e);
      }
    }
  }
}
