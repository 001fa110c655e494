package io.fedflow.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.SqlTables.Source;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.storage.postgres.TestPostgres;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcTablesTest {

  private static final String PASSWORD = "hush-4711";
  private static final Layout PLAIN = new Layout(Optional.empty(), false, false, ",");

  private static URI database;

  private final JdbcTables tables = new JdbcTables();

  @BeforeAll
  static void fill() {
    database = URI.create(TestPostgres.freshDatabase());
    sql(
        "CREATE TABLE people (id int PRIMARY KEY, height float8, weight float4, name text,"
            + " member bool, paid numeric(9,2), born date, seen timestamp)");
    sql(
        "INSERT INTO people VALUES (1, 1.5, 0.1, 'Ann', true, 10.50, '2000-02-29',"
            + " '2024-01-02 03:04:05'), (2, 2, 'NaN', NULL, false, NULL, NULL, NULL)");
    sql(
        "CREATE TABLE many AS SELECT 'p' || i AS id, i AS x, i / 3.0::float8 AS y"
            + " FROM generate_series(0, 49999) AS t(i)");
    sql("CREATE SCHEMA \"Other One\"");
    sql("CREATE TABLE \"Other One\".\"T a\" (\"I d\" text, \"a\"\"b\" int)");
    sql("INSERT INTO \"Other One\".\"T a\" VALUES ('x', 7)");
    sql("CREATE TABLE odd (id int, tags int[], raw bytea, doc jsonb)");
    sql("CREATE TABLE breaks (id int, words text)");
    sql("INSERT INTO breaks VALUES (1, 'a' || chr(10) || 'secret')");
    sql("CREATE TABLE fractions (x float8, y int)");
    sql(
        "CREATE VIEW slow AS SELECT i AS id, pg_sleep(5)::text AS nothing"
            + " FROM generate_series(1, 1000) AS t(i)");
    sql("CREATE ROLE stranger LOGIN");
  }

  private static Connection connection() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + database.getHost() + ':' + database.getPort() + database.getPath(),
        "postgres",
        "postgres");
  }

  private static void sql(String statement) {
    try (Connection connection = connection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException failed) {
      throw new IllegalStateException(statement, failed);
    }
  }

  private static String databaseName() {
    return database.getPath().substring(1);
  }

  private static Source of(String table, String... columns) {
    return source("postgres", database.getPort(), databaseName(), table, columns);
  }

  private static Source source(
      String user, int port, String name, String table, String... columns) {
    return new Source(
        "POSTGRESQL",
        database.getHost(),
        port,
        name,
        user,
        PASSWORD,
        table,
        List.of(columns),
        Duration.ofSeconds(60));
  }

  private Table read(Source source, Layout layout) {
    try (TableSource rows = tables.open(source, layout)) {
      return rows.collect(Integer.MAX_VALUE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void assertRefused(Source source, Layout layout, String code, String... words) {
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> read(source, layout))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
              for (String word : words) {
                assertThat(refusal.getMessage()).contains(word);
              }
              assertThat(refusal.getMessage()).doesNotContain(PASSWORD).doesNotContain("secret");
            });
  }

  private static List<String> row(Table table, int row) {
    List<String> cells = new ArrayList<>(List.of(table.ids()[row]));
    table.columns().forEach(column -> cells.add(column.textAt(row)));
    return cells;
  }

  @Test
  void everyKindOfColumn_becomesText() {
    Table table = read(of("people"), PLAIN);
    assertThat(table.schema().kind()).isEqualTo(TableKind.RAW);
    assertThat(table.schema().idName()).isEqualTo("id");
    assertThat(table.schema().header())
        .containsExactly("height", "weight", "name", "member", "paid", "born", "seen");
    assertThat(row(table, 0))
        .containsExactly(
            "1", "1.5", "0.1", "Ann", "1", "10.50", "2000-02-29", "2024-01-02 03:04:05");
    assertThat(row(table, 1)).containsExactly("2", "2", "", "", "0", "", "", "");
  }

  @Test
  void manyRows_comeInGroups() throws IOException {
    int rows = 0;
    try (TableSource source = tables.open(of("many"), PLAIN)) {
      for (Optional<Table> group = source.next(); group.isPresent(); group = source.next()) {
        assertThat(group.get().rowCount()).isLessThanOrEqualTo(1_024);
        for (int i = 0; i < group.get().rowCount(); i++, rows++) {
          if (!group.get().ids()[i].equals("p" + rows)) {
            throw new AssertionError("another row in the place of row " + rows);
          }
        }
      }
    }
    assertThat(rows).isEqualTo(50_000);
  }

  @Test
  void columnsAreChosenByName() {
    Table table =
        read(of("people", "name", "member"), new Layout(Optional.of("id"), false, false, ","));
    assertThat(table.schema().idName()).isEqualTo("id");
    assertThat(table.schema().header()).containsExactly("name", "member");
    Table quoted =
        read(of("Other One.T a", "a\"b"), new Layout(Optional.of("I d"), false, false, ","));
    assertThat(row(quoted, 0)).containsExactly("x", "7");
    Table numbered = read(of("people", "name"), new Layout(Optional.empty(), true, true, ","));
    assertThat(numbered.ids()).containsExactly("0", "1");
  }

  @Test
  void whatATableCannotHold_isRefusedByColumn() {
    assertRefused(of("odd"), PLAIN, "sql.kind", "'tags'", "_int4", "allowed are texts");
    assertRefused(of("odd", "id", "raw"), PLAIN, "sql.kind", "'raw'", "bytea");
    assertRefused(of("odd", "id", "doc"), PLAIN, "sql.kind", "'doc'", "jsonb");
    assertRefused(of("breaks"), PLAIN, "sql.text", "row 1", "'words'");
    assertRefused(of("fractions"), PLAIN, "sql.id", "'x'", "numbers with fractions");
    assertRefused(of("people"), new Layout(Optional.of("no"), false, false, ","), "sql.id", "'no'");
    assertRefused(of("odd", "id"), PLAIN, "sql.empty", "no row");
  }

  @Test
  void whatIsNotThere_isRefusedInWords() {
    assertRefused(of("nobody"), PLAIN, "sql.unknown", "no such table");
    assertRefused(of("people", "id", "none"), PLAIN, "sql.unknown", "column");
    assertRefused(
        source("postgres", database.getPort(), "none", "people"),
        PLAIN,
        "sql.unknown",
        "address/db");
    assertRefused(
        source("nobody", database.getPort(), databaseName(), "people"),
        PLAIN,
        "sql.refused",
        "user and password");
    assertRefused(
        source("stranger", database.getPort(), databaseName(), "people"),
        PLAIN,
        "sql.refused",
        "grant SELECT");
  }

  @Test
  void namesCannotSayMoreThanNames() {
    assertRefused(of("people; DROP TABLE people"), PLAIN, "sql.unknown");
    assertThat(read(of("people"), PLAIN).rowCount()).isEqualTo(2);
    for (String table : List.of("a\"b", "a.b.c", "", "a\nb")) {
      assertThatExceptionOfType(FedflowException.class).as(table).isThrownBy(() -> of(table));
    }
    for (String name : List.of("", "db?socketFactory=x", "a/b", "a b")) {
      assertThatExceptionOfType(FedflowException.class)
          .as(name)
          .isThrownBy(() -> source("postgres", 5432, name, "people"));
    }
    assertThat(of("people").toString()).doesNotContain(PASSWORD);
  }

  @Test
  void nobodyThere_isUnavailable() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> read(source("postgres", free, "db", "people"), PLAIN))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo("sql.unreachable");
              assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            });
  }

  @Test
  void readingEndsAfterItsTime() {
    Source slow =
        new Source(
            "POSTGRESQL",
            database.getHost(),
            database.getPort(),
            databaseName(),
            "postgres",
            PASSWORD,
            "slow",
            List.of(),
            Duration.ofSeconds(1));
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> read(slow, PLAIN))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo("sql.timeout");
              assertThat(failure.kind()).isEqualTo(FailureKind.EXHAUSTED);
              assertThat(failure.getMessage()).contains("longer than 1 s");
            });
  }

  @Test
  void noConnectionStays() throws SQLException {
    read(of("people"), PLAIN);
    assertRefused(of("odd"), PLAIN, "sql.kind");
    assertRefused(of("breaks"), PLAIN, "sql.text");
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    // The database notices the end of a connection a moment after it.
    while (connections() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(connections()).isZero();
  }

  private static int connections() throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'fedflow'"
                    + " AND datname = current_database()")) {
      count.next();
      return count.getInt(1);
    }
  }
}
