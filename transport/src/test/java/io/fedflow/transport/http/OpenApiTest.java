package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.PipelineModel;
import io.fedflow.permission.StoredPermissions;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.api.RouteArgument;
import io.fedflow.transport.http.api.RouteTexts;
import io.fedflow.transport.http.fake.Rows;
import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.http.wire.Mounted;
import io.fedflow.transport.http.wire.Style;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the routes is what a running edge has, no more and no less. */
class OpenApiTest {

  private static final String WRITE = "fedflow.routes.write";

  /** Values with which calls get past the first checks. */
  private static final Map<String, Object> SOUND =
      Map.ofEntries(
          Map.entry("job_id", "j1"),
          Map.entry("role", "guest"),
          Map.entry("party_id", "9999"),
          Map.entry("component_name", "lr_0"),
          Map.entry("component_module_name", "HeteroLR"),
          Map.entry("namespace", "n"),
          Map.entry("name", "t"),
          Map.entry("table_name", "t"),
          Map.entry("engine", "PATH"),
          Map.entry("address", Map.of("path", "t.csv")),
          Map.entry("id_delimiter", ","),
          Map.entry("use_local_data", 0),
          Map.entry("file", "t.csv"),
          Map.entry("head", 0),
          Map.entry("log_type", "partyError"),
          Map.entry("order", "desc"),
          Map.entry("dsl_version", "2"),
          Map.entry("version", "2"),
          Map.entry("component", "HeteroLR"),
          Map.entry("model_id", "guest-9999#model"),
          Map.entry("model_version", "j1"),
          Map.entry(
              "job_parameters", Map.of("model_id", "guest-9999#model", "model_version", "j1")),
          Map.entry("party_model_id", "guest#9999#guest-9999#model"),
          Map.entry("child_model_version", "d1"),
          Map.entry("unify_model_version", "m1"),
          Map.entry("local", Map.of("role", "guest", "party_id", 9999)),
          Map.entry("host", "h"),
          Map.entry("protocol", "http"),
          Map.entry("uri", "/u"),
          Map.entry("method", "POST"),
          Map.entry("connector_info", Map.of("path", "t.csv")),
          Map.entry("output_path", "t.csv"),
          Map.entry("storage_engine", "PATH"),
          Map.entry("header", Map.of("ENDPOINT", "/x")),
          Map.entry("components_checkpoint", Map.of("lr_0", Map.of("step_index", 1))),
          Map.entry("migrate_role", Map.of("guest", List.of(1), "host", List.of(2))),
          Map.entry("execute_party", Map.of("guest", List.of(9999))),
          Map.entry("migrate_initiator", Map.of("role", "guest", "party_id", 1)),
          Map.entry("dataset", List.of(Map.of("namespace", "n", "name", "t"))),
          Map.entry(
              "train_dsl", Map.of("components", Map.of("lr_0", Map.of("module", "HeteroLR")))));

  @TempDir static Path folder;
  private static final AskedArguments ASKED = new AskedArguments();
  private static EdgeFixture edge;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(folder.resolve("t.csv"), "id,x\n1,2\n");
    edge =
        new EdgeFixture(
            folder,
            options ->
                options
                    .localDataFolders(List.of(folder))
                    .modelFolder(folder.resolve("models"))
                    .outside(
                        new Outside(
                            List.of(folder),
                            Set.of(),
                            Map.of("guest", URI.create("http://127.0.0.1:1")),
                            Set.of()))
                    .permissions(new StoredPermissions(MemoryStores.create().blobs())),
            ASKED);
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS));
    edge.site.tracking.tasks.add(Rows.task("j1", "lr_0", Rows.GUEST, TaskStatus.SUCCESS));
    edge.site.pipelines.plans.put("j1", Rows.plan());
    for (Mounted route : edge.edge.routes()) {
      if (!route.path().endsWith("/events")) {
        explore(route);
      }
    }
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  /** Calls a route with what it asked for so far, until it asks for nothing new. */
  private static void explore(Mounted route) {
    Set<Set<String>> tried = new HashSet<>();
    List<Set<String>> untried = new ArrayList<>(List.of(Set.of()));
    while (!untried.isEmpty()) {
      Set<String> names = untried.remove(untried.size() - 1);
      if (!tried.add(names)) {
        continue;
      }
      table();
      model();
      Reply reply = call(route, names);
      Set<String> all = new TreeSet<>(names);
      ASKED.of(RouteTexts.key(route)).forEach(argument -> all.add(argument.name()));
      Set<String> lacking = new TreeSet<>(all);
      lacking.removeAll(names);
      if (lacking.size() == 1 && reply.text().contains("required arguments are missing")) {
        ASKED.require(RouteTexts.key(route), lacking.iterator().next());
      }
      untried.add(all);
      // What some argument keeps it from asking for.
      for (String name : all) {
        Set<String> others = new TreeSet<>(all);
        others.remove(name);
        if (names.equals(all)) {
          untried.add(others);
        }
      }
    }
  }

  private static void table() {
    edge.site
        .data()
        .store(
            StoreRequest.upload("n", "t"),
            new Table(
                new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.text("x")), ","),
                new String[] {"1"},
                List.of(new Column.Texts(new String[] {"2"}))));
  }

  private static void model() {
    edge.site.pipelineModels.models.clear();
    edge.site.pipelineModels.models.add(
        PipelineModel.trained(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS)));
  }

  private static Reply call(Mounted route, Set<String> names) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (RouteArgument argument : ASKED.of(RouteTexts.key(route))) {
      if (names.contains(argument.name())) {
        arguments.put(argument.name(), SOUND.getOrDefault(argument.name(), sound(argument)));
      }
    }
    String path =
        route.path().replace(":job", "j1").replace(":role", "guest").replace(":party", "9999");
    path = path.replaceAll(":[a-z_]+", "x");
    if (route.style() == Style.PLAIN && route.method().equals("GET")) {
      StringBuilder query = new StringBuilder("?");
      arguments.forEach(
          (name, value) ->
              query
                  .append(name)
                  .append('=')
                  .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8))
                  .append('&'));
      return edge.get(path + query);
    }
    return edge.send(
        edge.request(path)
            .method(route.method(), BodyPublishers.ofString(edge.codec.write(arguments)))
            .build());
  }

  private static Object sound(RouteArgument argument) {
    return switch (argument.type()) {
      case ANY, TEXT, TEXTS -> "x";
      case OBJECT -> Map.of();
      case INTEGER, FLAG -> 1;
    };
  }

  @Test
  void arguments_areThoseThatRoutesAskFor() throws Exception {
    Path document =
        Path.of(
            System.getProperty("basedir", ""),
            "src/main/resources/io/fedflow/transport/http/api/route-arguments.txt");
    String text = ASKED.text(edge.edge.routes());
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(document, text);
    }
    if (!Files.readString(document).equals(text)) {
      fail("route-arguments.txt is out of date; run this test with -D" + WRITE + "=true");
    }
  }

  @Test
  void everyArgument_isExplained() {
    Set<String> asked = new TreeSet<>();
    for (Mounted route : edge.edge.routes()) {
      ASKED.of(RouteTexts.key(route)).forEach(argument -> asked.add(argument.name()));
    }
    assertThat(new TreeSet<>(list(RouteTexts.load().words())))
        .as("argument-words.txt has a line for every argument, and no others")
        .isEqualTo(asked);
  }

  @Test
  void everyRouteThatWorks_isDescribed() {
    assertThat(RouteTexts.load().described())
        .as("route-summaries.txt has a line for every route that works, and no others")
        .containsExactlyInAnyOrderElementsOf(
            edge.edge.routes().stream()
                .filter(route -> route.state() == Mounted.State.WORKS)
                .map(RouteTexts::key)
                .toList());
  }

  @Test
  void document_isValidAndHoldsEveryRoute() {
    Reply reply = edge.get("/fedflow/openapi.json");
    assertThat(reply.raw().headers().firstValue("Content-Type")).hasValue("application/json");
    JsonObject document = new JsonObject(reply.text());
    OpenAPIVersion version = OpenAPIVersion.fromContract(document);
    assertThat(version).isEqualTo(OpenAPIVersion.V3_1);
    OutputUnit validation =
        EdgeFixture.await(
            version
                .getRepository(edge.vertx, "https://fedflow.test/")
                .compose(schemas -> version.validateContract(edge.vertx, schemas, document)));
    assertThat(validation.getValid()).as(String.valueOf(validation.getErrors())).isTrue();
    OutputUnit broken =
        EdgeFixture.await(
            version
                .getRepository(edge.vertx, "https://fedflow.test/")
                .compose(
                    schemas ->
                        version.validateContract(
                            edge.vertx, schemas, document.copy().put("paths", "none"))));
    assertThat(broken.getValid()).as("a broken document").isFalse();
    Set<String> described = new TreeSet<>();
    Set<String> ids = new TreeSet<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      for (String method : List.of("get", "post")) {
        if (item.containsKey(method)) {
          described.add(method.toUpperCase(Locale.ROOT) + ' ' + path);
          assertThat(ids.add(item.getJsonObject(method).getString("operationId")))
              .as("a name of its own for " + path)
              .isTrue();
        }
      }
    }
    assertThat(described)
        .isEqualTo(
            new TreeSet<>(
                edge.edge.routes().stream()
                    .map(r -> r.method() + " " + r.path().replaceAll(":([a-z_]+)", "{$1}"))
                    .toList()));
  }

  @Test
  void describedRoutes_areThere() {
    for (Mounted route : edge.edge.routes()) {
      if (!route.path().endsWith("/events")) {
        assertThat(call(route, Set.of()).text())
            .as(RouteTexts.key(route))
            .doesNotContain("there is no " + route.method() + " route");
      }
    }
  }

  @Test
  void page_loadsNothingFromElsewhere() {
    Reply page = edge.get("/fedflow/api");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.raw().headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .contains("script-src 'sha256-");
    assertThat(page.text()).contains("/fedflow/openapi.json").doesNotContain("http://", "https://");
  }

  private static List<String> list(Iterable<String> words) {
    List<String> list = new ArrayList<>();
    words.forEach(list::add);
    return list;
  }
}
