package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import io.fedflow.transport.http.party.PartyNetwork;
import io.fedflow.transport.http.v1.PartyDirectory;
import io.fedflow.transport.http.v1.Template;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.LiveRoutes;
import io.fedflow.transport.route.RouteFile;
import io.fedflow.transport.route.RoutingTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerRoutesTest {

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers({
    "/v1/server/get",
    "/v1/server/service/get",
    "/v1/server/<name>/get",
    "/v1/server/service/<name>/get",
    "/v1/service/query"
  })
  void noOtherServers_areRegistered() {
    assertThat(edge.post("/v1/server/get", Map.of()).data()).isEqualTo(Map.of());
    assertThat(edge.postText("/v1/server/service/get", "", "text/plain").data())
        .isEqualTo(Map.of());
    for (String path : List.of("/v1/server/fateboard/get", "/v1/server/service/fateboard/get")) {
      Reply reply = edge.post(path, Map.of());
      assertThat(reply.retcode()).isZero();
      assertThat(reply.tree()).doesNotContainKey("data");
    }
    assertThat(edge.post("/v1/service/query", Map.of("service_name", "any")).map())
        .isEqualTo(Map.of("service_info", List.of()));
    assertThat(edge.post("/v1/service/query", Map.of()).retmsg()).contains("service_name");
  }

  @Test
  @Covers({"/v1/server/config/job/default", "/v1/info/fateboard", "/v1/info/eggroll"})
  void defaultsAndAddresses_areTold() {
    assertThat(edge.post("/v1/server/config/job/default", Map.of()).map())
        .containsEntry("task_cores", 4)
        .containsEntry("task_parallelism", 1)
        .containsEntry("timeout", 259_200);
    assertThat(edge.post("/v1/info/fateboard", Map.of()).map())
        .isEqualTo(Map.of("host", "127.0.0.1", "port", edge.port));
    Reply eggroll = edge.post("/v1/info/eggroll", Map.of());
    assertThat(eggroll.status()).isEqualTo(503);
    assertThat(eggroll.retcode()).isEqualTo(503);
  }

  @Test
  @Covers("/v1/server/reload")
  void reload_tellsWhatIsValid() {
    Reply reloaded = edge.post("/v1/server/reload", Map.of());
    assertThat(reloaded.retcode()).isZero();
    assertThat(reloaded.map())
        .containsOnlyKeys("job_default_config", "server_registry")
        .containsEntry(
            "job_default_config", edge.post("/v1/server/config/job/default", Map.of()).data())
        .containsEntry("server_registry", null);
  }

  @Test
  void reload_readsTheRoutesAgain() throws IOException {
    Path file = Files.writeString(folder.resolve("routes.json"), routesTo("a:1"));
    LiveRoutes live =
        new LiveRoutes(
            RoutingTable.of(Map.of()), new RouteFile(file, new JacksonJsonCodec()), true);
    try (EdgeFixture others =
        new EdgeFixture(folder.resolve("others"), options -> options.network(network(live)))) {
      Files.writeString(file, routesTo("b:2"));
      assertThat(others.post("/v1/server/reload", Map.of()).retcode()).isZero();
      assertThat(live.get().route("10000").orElseThrow()).hasToString("b:2");

      Files.writeString(file, "{\"parties\": 7}");
      Reply refused = others.post("/v1/server/reload", Map.of());
      assertThat(refused.retcode()).isEqualTo(100);
      assertThat(refused.retmsg())
          .contains("routes.json", "parties")
          .doesNotContain(folder.toString());
      assertThat(live.get().route("10000").orElseThrow()).hasToString("b:2");
      Reply ours = others.post("/fedflow/v1/parties/reload", Map.of());
      assertThat(ours.status()).isNotEqualTo(200);
      assertThat(ours.text()).contains("routes.json", "parties").doesNotContain(folder.toString());
      Files.delete(file);
      assertThat(others.post("/fedflow/v1/parties/reload", Map.of()).text())
          .contains("there is none")
          .doesNotContain(folder.toString());
    }
  }

  private static String routesTo(String address) {
    return "{\"parties\": {\"10000\": {\"addresses\": [\"" + address + "\"]}}}";
  }

  /** A network that knows its routes and nothing else. */
  private static PartyNetwork network(LiveRoutes live) {
    return (PartyNetwork)
        Proxy.newProxyInstance(
            PartyNetwork.class.getClassLoader(),
            new Class<?>[] {PartyNetwork.class},
            (self, method, arguments) -> {
              if (method.getName().equals("routes")) {
                return live;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Test
  @Covers("/v1/info/party/<dest>")
  void otherParties_areAskedWhoTheyAre() {
    assertThat(edge.post("/v1/info/party/10000", Map.of()).map())
        .containsEntry("party_id", 10000)
        .containsEntry("http_port", edge.port);
    PartyDirectory two =
        new PartyDirectory() {
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
        };
    try (EdgeFixture named =
        new EdgeFixture(folder.resolve("named"), options -> options.parties(two))) {
      assertThat(named.post("/v1/info/common", Map.of()).map()).containsEntry("party_id", 9999);
      assertThat(named.post("/v1/info/party/9999", Map.of()).map())
          .containsEntry("http_port", named.port);
      assertThat(named.post("/v1/info/party/10000", Map.of()).map())
          .isEqualTo(
              Map.of("version", "fedflow/7", "host", "far", "grpc_port", 9360, "party_id", 10000));
      Reply nobody = named.post("/v1/info/party/5", Map.of());
      assertThat(nobody.retcode()).isNotZero();
      assertThat(nobody.retmsg()).contains("no route to 5");
      assertThat(named.post("/v1/info/party/a%20b", Map.of()).retmsg())
          .contains("party_id: found 'a b'");
    }
  }

  @Test
  @Covers("/v1/template/download")
  void examples_canBeTakenAway() throws Exception {
    List<Template> examples =
        List.of(
            new Template(
                List.of("fate_examples", "data", "a.csv"),
                () -> new ByteArrayInputStream("id,x\n".getBytes(StandardCharsets.UTF_8))),
            new Template(
                List.of("fateflow_examples", "b.json"),
                () -> new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))));
    try (EdgeFixture full =
        new EdgeFixture(folder.resolve("full"), options -> options.templates(examples))) {
      Reply archive = full.post("/v1/template/download", Map.of("min_data", 1));
      assertThat(archive.status()).isEqualTo(200);
      assertThat(archive.raw().headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=template.tar.gz");
      assertThat(Archives.read(archive.bytes()))
          .isEqualTo(
              Map.of("fate_examples/data/a.csv", "id,x\n", "fateflow_examples/b.json", "{}"));
      Reply wrong = full.post("/v1/template/download", Map.of("min_data", "some"));
      assertThat(wrong.status()).isNotEqualTo(200);
      assertThat(wrong.retmsg()).contains("min_data: found");
    }
  }

  @Test
  @Covers("/v1/resource/query")
  void resources_areTheSlotsOfTheSite() {
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.RUNNING).holds(2, 1, 5));
    edge.site.tracking.jobs.add(Rows.job("j2", Rows.GUEST, JobStatus.WAITING).holds(0, 0, 5));
    edge.site.tracking.jobs.add(Rows.job("j3", Rows.GUEST, JobStatus.SUCCESS));
    Map<String, Object> held = edge.post("/v1/resource/query", Map.of()).map();
    assertThat(held.get("use_resource_job"))
        .isEqualTo(
            List.of(
                Map.of(
                    "job_id", "j1", "role", "guest", "party_id", "9999", "core", 2, "memory", 0)));
    assertThat(held.get("computing_engine_resource").toString())
        .contains("f_engine_name=STANDALONE")
        .contains("f_cores=" + edge.site.queue.slots().capacity())
        .contains("f_remaining_cores=" + edge.site.queue.slots().free());
    Reply others = edge.post("/v1/resource/query", Map.of("resource_in_use", false));
    assertThat(others.text()).contains("j2").doesNotContain("j1").doesNotContain("j3");
    assertThat(edge.post("/v1/resource/query", Map.of("resource_in_use", "maybe")).retmsg())
        .contains("resource_in_use: found 'maybe', allowed true, false");
  }

  @Test
  @Covers("/v1/resource/return")
  void resources_ofLiveJobsAreNotTaken() {
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.RUNNING));
    edge.site.tracking.jobs.add(Rows.job("j2", Rows.GUEST, JobStatus.SUCCESS).holds(0, 0, 5));
    assertThat(edge.post("/v1/resource/return", Map.of("job_id", "j2")).data())
        .isEqualTo(
            List.of(
                Map.of(
                    "job_id",
                    "j2",
                    "role",
                    "guest",
                    "party_id",
                    "9999",
                    "resource_in_use",
                    false,
                    "resource_return_status",
                    true)));
    Reply live = edge.post("/v1/resource/return", Map.of("job_id", "j1"));
    assertThat(live.retcode()).isEqualTo(100);
    assertThat(live.retmsg()).contains("has not ended");
    assertThat(edge.post("/v1/resource/return", Map.of("job_id", "x")).retcode()).isEqualTo(100);
    assertThat(edge.post("/v1/resource/return", Map.of()).retcode()).isEqualTo(101);
  }
}
