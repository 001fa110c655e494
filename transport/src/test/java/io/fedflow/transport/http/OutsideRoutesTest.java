package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.PipelineModel;
import io.fedflow.permission.StoredPermissions;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.auth.AppKeys;
import io.fedflow.transport.http.fake.Rows;
import io.fedflow.transport.http.outside.Keeping;
import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.http.outside.SecretBox;
import io.fedflow.transport.http.v1.PartyDirectory;
import io.fedflow.transport.route.SiteAddress;
import io.fedflow.transport.signing.RequestSignature;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services, connectors and forwarded requests. */
class OutsideRoutesTest {

  @TempDir Path folder;
  private EdgeFixture edge;
  private HttpServer board;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    board =
        EdgeFixture.await(
            edge.vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              asked.add(request.method() + " " + request.uri() + " " + body);
              switch (request.path()) {
                case "/base/away" ->
                    request
                        .response()
                        .setStatusCode(302)
                        .putHeader("Location", "http://127.0.0.1:" + board.actualPort() + "/x")
                        .end();
                case "/base/page" ->
                    request.response().putHeader("Content-Type", "text/html").end("<b>hi</b>");
                case "/base/huge" ->
                    request
                        .response()
                        .putHeader("Content-Type", "application/json")
                        .end("\"" + "x".repeat(5 << 20) + "\"");
                default ->
                    request
                        .response()
                        .putHeader("Content-Type", "application/json")
                        .end("{\"retcode\":0,\"data\":\"pong\"}");
              }
            });
  }

  private EdgeFixture forwarding() {
    Map<String, URI> services =
        Map.of(
            "board",
            URI.create("http://127.0.0.1:" + board.actualPort() + "/base/"),
            "gone",
            URI.create("http://127.0.0.1:1"));
    return new EdgeFixture(
        folder.resolve("forwarding"),
        options ->
            options
                .parties(new TwoParties())
                .outside(new Outside(List.of(), Set.of(), services, Set.of())));
  }

  /** Acts for 9999, knows 10000. */
  private static final class TwoParties implements PartyDirectory {
    @Override
    public Set<String> own() {
      return Set.of("9999");
    }

    @Override
    public CompletionStage<OtherServer> ask(String partyId) {
      return partyId.equals("10000")
          ? CompletableFuture.completedStage(new OtherServer("fedflow/7", "far", 9360))
          : CompletableFuture.failedStage(
              new FedflowException(
                  FailureKind.UNAVAILABLE, "party.unreachable", "no route to " + partyId));
    }
  }

  private static Map<String, Object> to(String endpoint) {
    return Map.of("header", Map.of("ENDPOINT", endpoint, "METHOD", "POST"), "body", Map.of("a", 1));
  }

  @Test
  @Covers({"/v1/forward/<role>", "/v1/forward/<role>/do"})
  void requests_goToServicesOfTheOperatorAndNowhereElse() {
    try (EdgeFixture forwarding = forwarding()) {
      for (String path : List.of("/v1/forward/board", "/v1/forward/board/do")) {
        Reply reply = forwarding.post(path, to("/v1/ping?x=1"));
        assertThat(reply.tree()).isEqualTo(Map.of("retcode", 0, "data", "pong"));
      }
      assertThat(asked).containsOnly("POST /base/v1/ping?x=1 {\"a\":1}");
      Reply lower =
          forwarding.post(
              "/v1/forward/board", Map.of("header", Map.of("endpoint", "list", "method", "get")));
      assertThat(lower.retcode()).isZero();
      assertThat(asked).contains("GET /base/list {}");

      int before = asked.size();
      Reply unknown = forwarding.post("/v1/forward/other/do", to("/x"));
      assertThat(unknown.retcode()).isEqualTo(404);
      assertThat(unknown.retmsg()).contains("--forward", "board");
      for (String bad :
          List.of("/../x", "/%2e%2e/x", "//evil/x", "/a\nb", "http://evil/", "/a/..", "/a%2fb")) {
        Reply refused = forwarding.post("/v1/forward/board", to(bad));
        assertThat(refused.retcode()).as(bad).isEqualTo(101);
        assertThat(refused.retmsg()).as(bad).contains("header/ENDPOINT");
      }
      assertThat(forwarding.post("/v1/forward/board", Map.of("a", 1)).retmsg())
          .contains("header with ENDPOINT");
      assertThat(
              forwarding
                  .post(
                      "/v1/forward/board",
                      Map.of("header", Map.of("ENDPOINT", "/x", "METHOD", "TRACE")))
                  .retmsg())
          .contains("header/METHOD");
      assertThat(
              forwarding
                  .post(
                      "/v1/forward/board",
                      Map.of("header", Map.of("ENDPOINT", "/x", "dest_party_id", "10000")))
                  .retmsg())
          .contains("DEST_PARTY_ID");
      assertThat(asked).hasSize(before);
    }
  }

  @Test
  void whatAServiceMayNotAnswer_isAnErrorThatNamesIt() {
    try (EdgeFixture forwarding = forwarding()) {
      assertThat(forwarding.post("/v1/forward/board", to("/away")).retmsg())
          .contains("service board answered with HTTP 302", "redirects are not followed");
      assertThat(asked).noneMatch(request -> request.contains(" /x"));
      assertThat(forwarding.post("/v1/forward/board", to("/page")).retmsg())
          .contains("application/json");
      Reply huge = forwarding.post("/v1/forward/board", to("/huge"));
      assertThat(huge.retcode()).isEqualTo(104);
      assertThat(huge.retmsg()).contains("more than " + (4 << 20) + " bytes");
      Reply gone = forwarding.post("/v1/forward/gone", to("/x"));
      assertThat(gone.retcode()).isEqualTo(105);
      assertThat(gone.retmsg()).contains("service gone").doesNotContain("127.0.0.1");
    }
  }

  @Test
  @Covers("/v1/info/party/<proxy>/<dest>")
  void proxies_haveToBeKnown() {
    try (EdgeFixture two =
        new EdgeFixture(folder.resolve("two"), options -> options.parties(new TwoParties()))) {
      Map<String, Object> direct = two.post("/v1/info/party/10000", Map.of()).map();
      assertThat(two.post("/v1/info/party/9999/10000", Map.of()).map()).isEqualTo(direct);
      assertThat(two.post("/v1/info/party/10000/10000", Map.of()).map()).isEqualTo(direct);
      assertThat(two.post("/v1/info/party/10000/9999", Map.of()).map())
          .containsEntry("http_port", two.port);
      assertThat(two.post("/v1/info/party/5/10000", Map.of()).retmsg()).contains("no route to 5");
      Reply nobody = two.post("/v1/info/party/10000/6", Map.of());
      assertThat(nobody.retcode()).isNotZero();
      assertThat(nobody.retmsg()).contains("no route to 6");
      assertThat(two.post("/v1/info/party/a%20b/10000", Map.of()).retmsg())
          .contains("party_id: found 'a b'");
    }
  }

  @Test
  @Covers({"/v1/server/<name>/register", "/v1/server/service/<name>/register"})
  void servers_areKeptAndShown() {
    Map<String, Object> marketplace = Map.of("host", "10.0.0.7", "port", 8080);
    assertThat(edge.post("/v1/server/marketplace/register", marketplace).retcode()).isZero();
    assertThat(
            edge.post(
                    "/v1/server/service/Hook/register",
                    Map.of("host", "::1", "port", "7", "protocol", "grpc", "junk", "x"))
                .retcode())
        .isZero();
    Map<String, Object> shown = Map.of("host", "10.0.0.7", "port", 8080, "protocol", "http");
    assertThat(edge.post("/v1/server/MarketPlace/get", Map.of()).data()).isEqualTo(shown);
    assertThat(edge.post("/v1/server/service/marketplace/get", Map.of()).data()).isEqualTo(shown);
    assertThat(edge.post("/v1/server/get", Map.of()).map())
        .isEqualTo(
            Map.of(
                "MARKETPLACE",
                shown,
                "HOOK",
                Map.of("host", "::1", "port", 7, "protocol", "grpc")));
    for (Object host : List.of("a b", "http://x", "-x", "a..b", "x".repeat(300), "a/b", "")) {
      Reply refused = edge.post("/v1/server/bad/register", Map.of("host", host, "port", 80));
      assertThat(refused.retcode()).as("%s", host).isEqualTo(101);
      assertThat(refused.retmsg()).contains("host: found");
    }
    assertThat(edge.post("/v1/server/bad/register", Map.of("host", "a", "port", 0)).retmsg())
        .contains("port: found '0'");
    assertThat(
            edge.post("/v1/server/bad/register", Map.of("host", "a", "port", 1, "protocol", "file"))
                .retmsg())
        .contains("protocol");
    assertThat(edge.post("/v1/server/bad/register", Map.of()).retmsg()).contains("host, port");
    assertThat(edge.post("/v1/server/get", Map.of()).map()).hasSize(2);
  }

  @Test
  @Covers({"/v1/service/registry", "/v1/service/query"})
  void services_areKeptWithoutSecrets() {
    Map<String, Object> signature =
        Map.of(
            "server_name",
            "hook",
            "service_name",
            "signature",
            "uri",
            "/sign",
            "headers",
            Map.of("Authorization", "Bearer xyz", "Accept", "text/plain"),
            "params",
            Map.of("a", 1, "api_key", "xyz"));
    Reply unknown = edge.post("/v1/service/registry", signature);
    assertThat(unknown.retcode()).isEqualTo(100);
    assertThat(unknown.retmsg()).contains("server_name: found HOOK", "not registered");
    edge.post("/v1/server/hook/register", Map.of("host", "hook.local", "port", 90));
    assertThat(edge.post("/v1/service/registry", signature).data()).isEqualTo(Map.of());
    Reply found = edge.post("/v1/service/query", Map.of("service_name", "signature"));
    assertThat(found.text()).doesNotContain("xyz");
    assertThat(((List<?>) found.map().get("service_info")).get(0).toString())
        .contains("f_server_name=HOOK")
        .contains("f_url=http://hook.local:90/sign")
        .contains("f_method=POST")
        .contains("Authorization=null")
        .contains("Accept=text/plain");

    Map<String, Object> tree =
        Map.of(
            "board",
            Map.of(
                "host",
                "b",
                "port",
                1,
                "api",
                Map.of("list", Map.of("uri", "l", "method", "get"))));
    assertThat(edge.post("/v1/service/registry", tree).retcode()).isZero();
    assertThat(edge.post("/v1/service/query", Map.of("service_name", "list")).text())
        .contains("http://b:1/l", "GET");
    assertThat(edge.post("/v1/server/board/get", Map.of()).map()).containsEntry("host", "b");
    assertThat(edge.post("/v1/service/registry", Map.of()).retcode()).isEqualTo(101);
    assertThat(
            edge.post(
                    "/v1/service/registry",
                    Map.of("server_name", "board", "service_name", "x", "uri", "/a b"))
                .retmsg())
        .contains("uri: found");
    // Nothing of this ever asked anybody.
    assertThat(asked).isEmpty();
  }

  @Test
  @Covers("/v1/model/service/register")
  void models_areRegisteredAsServices() {
    edge.site.pipelineModels.models.add(
        PipelineModel.trained(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS)));
    String id = "guest#9999#guest-9999#model";
    Map<String, Object> named = Map.of("party_model_id", id, "model_version", "j1");
    assertThat(edge.post("/v1/model/service/register", named).data()).isEqualTo(named);
    assertThat(edge.post("/v1/service/query", Map.of("service_name", id + "/j1")).text())
        .contains("/v1/model/transfer/guest~9999~guest-9999~model/j1");
    assertThat(
            edge.post(
                    "/v1/model/service/register",
                    Map.of("party_model_id", id, "model_version", "x"))
                .status())
        .isEqualTo(404);
    assertThat(edge.post("/v1/model/service/register", Map.of()).retmsg())
        .contains("party_model_id");
  }

  @Test
  void withPermissions_onlyAdminsRegister() throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), "boss secret-01\nclerk secret-02\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (EdgeFixture closed =
        new EdgeFixture(
            folder.resolve("closed"),
            options ->
                options
                    .clients(AppKeys.read(file))
                    .permissions(new StoredPermissions(MemoryStores.create().blobs()))
                    .outside(new Outside(List.of(), Set.of(), Map.of(), Set.of("boss"))))) {
      for (String path :
          List.of("server/x/register", "service/registry", "model/service/register")) {
        Map<String, Object> body =
            Map.of(
                "host",
                "a",
                "port",
                1,
                "server_name",
                "s",
                "service_name",
                "n",
                "uri",
                "/u",
                "party_model_id",
                "guest#9999#m",
                "model_version",
                "j1");
        assertThat(signed(closed, "clerk", "secret-02", path, body))
            .contains("108", "app key: found 'clerk'", "--admin");
      }
      assertThat(
              signed(
                  closed, "boss", "secret-01", "server/x/register", Map.of("host", "a", "port", 1)))
          .contains("\"retcode\":0");
      assertThat(signed(closed, "clerk", "secret-02", "server/x/get", Map.of()))
          .contains("\"host\":\"a\"");
    }
  }

  private static String signed(
      EdgeFixture at, String key, String secret, String path, Map<String, Object> body) {
    String target = "/v1/" + path;
    String text = at.codec.write(body);
    RequestSignature signature =
        new RequestSignature(
            String.valueOf(System.currentTimeMillis()), UUID.randomUUID().toString(), key, target);
    byte[] proof =
        signature.of(
            secret.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8), "");
    return at.send(
            at.request(target)
                .header("TIMESTAMP", signature.timestamp())
                .header("NONCE", signature.nonce())
                .header("APP_KEY", key)
                .header("SIGNATURE", Base64.getEncoder().encodeToString(proof))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text))
                .build())
        .text();
  }

  @Test
  @Covers({"/v1/table/connector/create", "/v1/table/connector/query"})
  void connectors_areKeptWithSealedPasswords() throws Exception {
    io.fedflow.spi.Stores stores = MemoryStores.create();
    Path key = folder.resolve("connector.key");
    try (EdgeFixture sql =
        new EdgeFixture(
            folder.resolve("sql"),
            options ->
                options
                    .keeping(new Keeping(stores.blobs(), SecretBox.of(key)))
                    .outside(
                        new Outside(
                            List.of(),
                            Set.of(new SiteAddress("db.local", 3306)),
                            Map.of(),
                            Set.of())))) {
      Map<String, Object> info =
          Map.of("host", "db.local", "port", 3306, "user", "ana", "passwd", "pa55word");
      Map<String, Object> connector =
          Map.of("connector_name", "c1", "engine", "mysql", "connector_info", info);
      assertThat(sql.post("/v1/table/connector/create", connector).retcode()).isZero();
      Reply shown = sql.post("/v1/table/connector/query", Map.of("connector_name", "c1"));
      assertThat(shown.text()).doesNotContain("pa55word");
      assertThat(shown.map())
          .containsEntry("connector_name", "c1")
          .containsEntry("engine", "MYSQL");
      assertThat(shown.map().get("connector_info").toString())
          .contains("host=db.local", "user=ana", "passwd=null");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
      Reply elsewhere =
          sql.post(
              "/v1/table/connector/create",
              Map.of(
                  "connector_name",
                  "c2",
                  "engine",
                  "MYSQL",
                  "connector_info",
                  Map.of("host", "evil", "port", 3306, "passwd", "pa55word")));
      assertThat(elsewhere.retcode()).isEqualTo(101);
      assertThat(elsewhere.retmsg())
          .contains("found evil:3306", "--sql-address")
          .doesNotContain("pa55word");
      assertThat(
              sql.post(
                      "/v1/table/connector/create",
                      Map.of("connector_name", "c", "engine", "API", "connector_info", Map.of()))
                  .retmsg())
          .contains("engine: found another one, allowed HIVE");
      assertThat(sql.post("/v1/table/connector/create", Map.of()).retmsg())
          .contains("connector_name, engine, connector_info");
      assertThat(sql.post("/v1/table/connector/query", Map.of("connector_name", "none")).retmsg())
          .contains("connector_name: found none");
      Reply bound =
          sql.post(
              "/v1/table/bind",
              Map.of(
                  "engine",
                  "MYSQL",
                  "address",
                  Map.of("connector_name", "c1", "db", "d", "name", "t"),
                  "namespace",
                  "n",
                  "name",
                  "t"));
      assertThat(bound.retmsg()).contains("engine: found 'MYSQL', allowed LOCALFS or PATH");
    }
  }

  @Test
  void addressesOfBoundTables_mayComeFromAConnector() throws Exception {
    Files.writeString(folder.resolve("t.csv"), "id,x\n1,2\n");
    try (EdgeFixture local =
        new EdgeFixture(
            folder.resolve("local"), options -> options.localDataFolders(List.of(folder)))) {
      local.post(
          "/v1/table/connector/create",
          Map.of(
              "connector_name",
              "files",
              "engine",
              "PATH",
              "connector_info",
              Map.of("path", folder.resolve("t.csv").toString())));
      Map<String, Object> bind =
          Map.of(
              "engine",
              "PATH",
              "address",
              Map.of("connector_name", "files"),
              "namespace",
              "n",
              "name",
              "t");
      Reply bound = local.post("/v1/table/bind", bind);
      assertThat(bound.retcode()).as(bound.retmsg()).isZero();
      assertThat(local.site.data().read("n", "t").rowCount()).isEqualTo(1);
    }
  }

  @Test
  @Covers("/v1/provider/update")
  void providers_areLoadedOrNot() {
    Map<String, Object> loaded = edge.post("/v1/provider/get", Map.of()).map();
    String name = loaded.keySet().iterator().next();
    String version =
        ((Map<?, ?>) loaded.get(name))
            .keySet().stream()
                .map(String::valueOf)
                .filter(key -> !key.equals("default"))
                .findFirst()
                .orElseThrow();
    assertThat(edge.post("/v1/provider/update", Map.of("name", name, "version", version)).retcode())
        .isZero();
    Reply unknown = edge.post("/v1/provider/update", Map.of("name", name, "version", "0.0"));
    assertThat(unknown.retcode()).isEqualTo(103);
    assertThat(unknown.retmsg()).contains("not loaded", name);
    assertThat(edge.post("/v1/provider/update", Map.of("name", name)).retcode()).isEqualTo(101);
  }
}
