package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.storage.postgres.TestPostgres;
import io.fedflow.table.Table;
import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.route.SiteAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a real Postgres, bound by a server that may ask it. */
class SqlBindTest {

  private static final String PASSWORD = "hush-0815-hush";

  @TempDir Path folder;

  private final URI database = URI.create(TestPostgres.freshDatabase());

  private ServerOptions options(Set<SiteAddress> allowed) {
    return TestServer.options(folder.resolve("server"))
        .outside(new Outside(List.of(), allowed, Map.of(), Set.of()))
        .build();
  }

  private SiteAddress address() {
    return new SiteAddress(database.getHost(), database.getPort());
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://" + address() + database.getPath(), "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private Map<String, Object> place() {
    Map<String, Object> place = new HashMap<>();
    place.put("host", database.getHost());
    place.put("port", database.getPort());
    place.put("db", database.getPath().substring(1));
    place.put("user", "postgres");
    place.put("passwd", PASSWORD);
    return place;
  }

  private static Map<String, Object> bind(String name, Map<String, Object> address) {
    return Map.of("engine", "POSTGRESQL", "namespace", "ns", "name", name, "address", address);
  }

  @Test
  void aTableIsBound_byAddressAndByConnector_andNoPasswordStays() throws Exception {
    sql(
        "CREATE TABLE people AS SELECT 'p' || i AS id, i AS x FROM generate_series(1, 5000) t(i)",
        "CREATE TABLE twice AS SELECT 1 AS id FROM generate_series(1, 2)");
    try (TestServer server = TestServer.start(options(Set.of(address())))) {
      V1 v1 = V1.of(server);
      Map<String, Object> direct = place();
      direct.put("name", "people");
      assertThat(v1.post("table/bind", bind("direct", direct))).containsEntry("retcode", 0);
      Table table = server.server().site().data().read("ns", "direct");
      assertThat(table.rowCount()).isEqualTo(5_000);
      assertThat(table.ids()[4_999]).isEqualTo("p5000");
      assertThat(table.column(0).textAt(4_999)).isEqualTo("5000");

      Map<String, Object> connector =
          Map.of("connector_name", "theirs", "engine", "POSTGRESQL", "connector_info", place());
      assertThat(v1.post("table/connector/create", connector)).containsEntry("retcode", 0);
      assertThat(
              v1.post(
                  "table/bind",
                  bind("named", Map.of("connector_name", "theirs", "name", "people"))))
          .containsEntry("retcode", 0);
      assertThat(server.server().site().data().read("ns", "named").rowCount()).isEqualTo(5_000);

      Map<String, Object> repeated = new HashMap<>(direct);
      repeated.put("name", "twice");
      assertThat(String.valueOf(v1.post("table/bind", bind("twice", repeated)).get("retmsg")))
          .contains("stands in data row 1 already");
      repeated.put("name", "none");
      assertThat(String.valueOf(v1.post("table/bind", bind("none", repeated)).get("retmsg")))
          .contains("no such table")
          .doesNotContain(PASSWORD);
    }
    assertThat(filesWith(PASSWORD)).isEmpty();
  }

  @Test
  void otherDatabases_areNotAsked() throws Exception {
    sql("CREATE TABLE people AS SELECT 1 AS id");
    try (TestServer server =
        TestServer.start(options(Set.of(new SiteAddress(database.getHost(), 1))))) {
      Map<String, Object> direct = place();
      direct.put("name", "people");
      Map<String, Object> refused = V1.of(server).post("table/bind", bind("direct", direct));
      assertThat(refused.get("retcode")).isNotEqualTo(0);
      assertThat(String.valueOf(refused.get("retmsg")))
          .contains("found " + address(), "--sql-address")
          .doesNotContain(PASSWORD);
    }
    assertThat(filesWith(PASSWORD)).isEmpty();
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
