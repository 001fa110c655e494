package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.spi.JsonCodec;
import io.fedflow.storage.postgres.TestPostgres;
import io.fedflow.table.Table;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What means something to a database means nothing in an argument: every text that every route
 * takes is sent as such, to a server on SQLite and to one on Postgres. Neither shows a word of its
 * database, and what nobody named is there afterwards as it was, also after a new start. {@code
 * -Dfedflow.metacharacters=all} sends each argument all of them instead of two in turn.
 */
@Timeout(600)
class SqlMetacharactersTest {

  private static final JsonCodec JSON = new JacksonJsonCodec();
  private static final boolean ALL = "all".equals(System.getProperty("fedflow.metacharacters"));

  private static final List<String> NASTY =
      List.of(
          "' OR '1'='1",
          "'; DROP TABLE job; --",
          "x'); DELETE FROM job WHERE ('1'='1",
          "\" OR \"\"=\"",
          "1) UNION SELECT sql FROM sqlite_master --",
          "x' UNION SELECT version() --",
          "$$; DROP TABLE job; $$",
          "$1",
          "?1",
          ":name",
          "%",
          "_",
          "\\' OR 1=1 --",
          "E'\\x27'",
          "/* x",
          "*/ --",
          "a\u0000' OR 1=1 --",
          "\uFF07 OR 1=1 --",
          "'");

  /** Words of a database that has been reached by what was sent. */
  private static final Pattern LEAKS =
      Pattern.compile(
          "(?i)syntax error|sqlite_|\\[sqlite|pgexception|sqlstate|unterminated|invalid byte"
              + " sequence|operator does not exist|internal error|no such"
              + " (table|column)|relation \"");

  /** Routes that answer 503 when all is well with the server. */
  private static final List<String> TOLD_BY_STATUS = List.of("/health/ready", "/v1/info/eggroll");

  /** The stores that a server may have. */
  enum Store {
    SQLITE,
    POSTGRES
  }

  @TempDir Path folder;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String database = "";
  private TestServer server;
  private String kept;
  private Map<String, Object> sound;
  private int sent;

  private void open(Store store) throws Exception {
    if (store == Store.POSTGRES && database.isEmpty()) {
      database = TestPostgres.freshDatabase();
    }
    Files.createDirectories(folder.resolve("models"));
    server =
        TestServer.start(
            TestServer.options(folder.resolve("server"))
                .database(database)
                .modelFolder(folder.resolve("models"))
                .build());
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void everyTextOfEveryRoute_isAText(Store store) throws Exception {
    open(store);
    try {
      kept = server.upload("keep", "id,y,x\na,1,2\nb,0,3\n");
      server.ended(kept);
      String given = server.upload("given", "id,y,x\nc,1,2\n");
      server.ended(given);
      call("/v1/model/tag/create", Map.of("tag_name", "kept", "tag_desc", "kept"));
      sound =
          Map.of(
              "job_id", given,
              "role", "local",
              "party_id", "0",
              "component_name", "upload_0",
              "namespace", TestServer.NAMESPACE,
              "name", "given",
              "table_name", "given",
              "tag_name", "given");
      List<Object> before = harmless();
      List<String> schema = schema(store);
      for (Route route : routes()) {
        attack(route);
      }
      assertThat(sent).as("requests sent").isGreaterThan(500);
      assertThat(harmless()).isEqualTo(before);
      assertThat(schema(store)).isEqualTo(schema);
      namesOfTables_areTexts();
      server.close();
      open(store);
      assertThat(harmless()).as("after a new start").isEqualTo(before);
    } finally {
      server.close();
    }
  }

  /** Whatever a table is called, it is that table which is read and deleted. */
  private void namesOfTables_areTexts() throws Exception {
    List<Object> before = harmless();
    for (String nasty : NASTY) {
      if (nasty.indexOf('\u0000') >= 0) {
        // No table may be called so.
        continue;
      }
      String csv = "id,'; DROP TABLE job; --,x\n' OR '1'='1,%,\\\n";
      Map<String, Object> end = server.ended(upload(nasty, csv));
      assertThat(end).as(nasty).containsEntry("status", "success");
      Table table = server.server().site().data().read(nasty, nasty);
      assertThat(table.ids()).as(nasty).containsExactly("' OR '1'='1");
      assertThat(table.schema().columns().get(0).name()).isEqualTo("'; DROP TABLE job; --");
      assertThat(call("/v1/table/preview", Map.of("namespace", nasty, "table_name", nasty)))
          .as(nasty)
          .contains("DROP TABLE job");
      assertThat(call("/v1/table/delete", Map.of("namespace", nasty, "table_name", nasty)))
          .as(nasty)
          .contains("\"retcode\":0");
      assertThat(server.server().site().data().find(nasty, nasty).toCompletableFuture().get())
          .as(nasty)
          .isEmpty();
    }
    assertThat(harmless()).isEqualTo(before);
  }

  private String upload(String name, String csv) throws Exception {
    Path file = Files.writeString(folder.resolve("nasty.csv"), csv);
    return server
        .blocking()
        .upload(file, Map.of("namespace", name, "table_name", name, "head", 1, "partition", 1))
        .jobId();
  }

  /** What nobody may change: a job, its tasks, its table, its rows, a tag. */
  private List<Object> harmless() throws Exception {
    Map<String, Object> job = Map.of("job_id", kept);
    Map<String, Object> table =
        Map.of("namespace", TestServer.NAMESPACE, "table_name", "keep", "name", "keep");
    List<Object> all = new ArrayList<>();
    all.add(data("/v1/job/query", job));
    all.add(data("/v1/job/task/query", job));
    all.add(data("/v1/data/upload/history", Map.of("job_id", kept, "limit", 5)));
    all.add(data("/v1/table/table_info", table));
    all.add(data("/v1/table/preview", table));
    all.add(data("/v1/model/tag/retrieve", Map.of("tag_name", "kept")));
    return all;
  }

  private Object data(String path, Map<String, Object> arguments) throws Exception {
    Map<?, ?> envelope = (Map<?, ?>) JSON.read(call(path, arguments));
    assertThat(envelope.get("retcode")).as("%s %s", path, envelope).isEqualTo(0);
    return envelope.get("data");
  }

  private String call(String path, Map<String, Object> arguments) throws Exception {
    return http.send(
            request(path).POST(BodyPublishers.ofString(JSON.write(arguments))).build(),
            BodyHandlers.ofString())
        .body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.server().url() + path))
        .timeout(Duration.ofSeconds(60));
  }

  /**
   * A route as the server describes it.
   *
   * @param arguments names to types of JSON
   */
  private record Route(String method, String path, Map<String, String> arguments) {

    /** Those that take something away come last: until then there is something to take. */
    int order() {
      return path.matches(".*(delete|destroy|clean|remove|disable).*") ? 1 : 0;
    }
  }

  private List<Route> routes() throws Exception {
    Map<?, ?> document =
        (Map<?, ?>)
            JSON.read(
                http.send(request("/fedflow/openapi.json").build(), BodyHandlers.ofString())
                    .body());
    List<Route> routes = new ArrayList<>();
    ((Map<?, ?>) document.get("paths"))
        .forEach(
            (path, operations) ->
                ((Map<?, ?>) operations)
                    .forEach(
                        (method, operation) -> {
                          // An event stream never ends.
                          if (operation instanceof Map<?, ?> each
                              && !path.toString().endsWith("/events")) {
                            routes.add(
                                new Route(
                                    method.toString().toUpperCase(Locale.ROOT),
                                    path.toString(),
                                    arguments(each)));
                          }
                        }));
    routes.sort(Comparator.comparingInt(Route::order));
    return routes;
  }

  private static Map<String, String> arguments(Map<?, ?> operation) {
    Map<String, String> types = new LinkedHashMap<>();
    if (operation.get("requestBody") instanceof Map<?, ?> body) {
      for (Object content : ((Map<?, ?>) body.get("content")).values()) {
        if (((Map<?, ?>) content).get("schema") instanceof Map<?, ?> schema
            && schema.get("properties") instanceof Map<?, ?> properties) {
          properties.forEach((name, each) -> types.put(name.toString(), type(each)));
        }
      }
    }
    if (operation.get("parameters") instanceof List<?> parameters) {
      for (Object each : parameters) {
        Map<?, ?> parameter = (Map<?, ?>) each;
        types.put(String.valueOf(parameter.get("name")), type(parameter.get("schema")));
      }
    }
    return types;
  }

  private static String type(Object schema) {
    return schema instanceof Map<?, ?> map ? String.valueOf(map.get("type")) : "null";
  }

  private void attack(Route route) throws Exception {
    int turn = 0;
    for (Map.Entry<String, String> argument : route.arguments().entrySet()) {
      if (argument.getValue().matches("integer|number|boolean")) {
        continue;
      }
      for (int i = 0; i < (ALL ? NASTY.size() : 2); i++) {
        String nasty = NASTY.get(ALL ? i : Math.floorMod(sent * 7 + turn++, NASTY.size()));
        send(route, argument.getKey(), nasty, value(argument.getValue(), nasty));
      }
    }
  }

  private static Object value(String type, String nasty) {
    return switch (type) {
      case "array" -> List.of(nasty, nasty);
      case "object" -> Map.of(nasty, nasty, "name", nasty, "namespace", nasty, "job_id", nasty);
      default -> nasty;
    };
  }

  private void send(Route route, String argument, String nasty, Object value) throws Exception {
    Map<String, Object> body = new LinkedHashMap<>();
    route
        .arguments()
        .forEach(
            (name, type) ->
                body.put(name, type.equals("object") ? Map.of() : sound.getOrDefault(name, 1)));
    body.put(argument, value);
    String path = route.path();
    Matcher place = Pattern.compile("\\{(\\w+)}").matcher(route.path());
    while (place.find()) {
      String name = place.group(1);
      Object text =
          name.equals(argument)
              ? nasty
              : sound.getOrDefault(name.equals("job") ? "job_id" : name, "x");
      path = path.replace(place.group(), encoded(text));
    }
    path += "?" + encoded(argument) + '=' + encoded(nasty);
    HttpResponse<byte[]> answer =
        http.send(
            request(path)
                .header("Content-Type", "application/json")
                .method(route.method(), BodyPublishers.ofString(JSON.write(body)))
                .build(),
            BodyHandlers.ofByteArray());
    sent++;
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    String told =
        route.method()
            + ' '
            + path
            + ' '
            + JSON.write(body)
            + "\nanswered "
            + answer.statusCode()
            + ' '
            + text;
    if (!TOLD_BY_STATUS.contains(route.path())) {
      assertThat(answer.statusCode()).as(told).isLessThan(500);
    }
    Matcher leak = LEAKS.matcher(text.replace(nasty, "").replace(escaped(nasty), ""));
    assertThat(leak.find()).as(told).isFalse();
  }

  private static String escaped(String nasty) {
    String json = JSON.write(nasty);
    return json.substring(1, json.length() - 1);
  }

  private static String encoded(Object text) {
    return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Every table and column, asked past the server. */
  private List<String> schema(Store store) throws Exception {
    String url = jdbc(store);
    String query =
        store == Store.SQLITE
            ? "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY 1"
            : "SELECT table_name || '.' || column_name || ' ' || data_type"
                + " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1";
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      if (store == Store.SQLITE) {
        try (ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
          check.next();
          assertThat(check.getString(1)).isEqualTo("ok");
        }
      }
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    assertThat(lines).hasSizeGreaterThan(10);
    return lines;
  }

  private String jdbc(Store store) throws IOException {
    if (store == Store.POSTGRES) {
      URI at = URI.create(database);
      return "jdbc:postgresql://" + at.getHost() + ':' + at.getPort() + at.getPath();
    }
    try (Stream<Path> files = Files.walk(folder.resolve("server"))) {
      return "jdbc:sqlite:"
          + files
              .filter(
                  file -> file.toString().endsWith(".db") || file.toString().endsWith(".sqlite"))
              .findFirst()
              .orElseThrow();
    }
  }
}
