package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import io.fedflow.transport.route.SiteAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers that share nothing but the wire. */
class PartyServersTest {

  private static final List<String> PARTIES = List.of("9999", "10000", "10001");

  @TempDir Path folder;

  @Test
  void giveTheSameResultAsOneServerForAll() throws Exception {
    Map<String, Object> conf =
        TestJobs.with(
            TestJobs.with(TestJobs.demoConf(2), List.of("10001"), "role", "arbiter"),
            7,
            "job_parameters",
            "seed");
    Map<String, Object> alone;
    try (TestServer server = TestServer.standalone(folder.resolve("alone")).withDemoTables()) {
      Map<String, Object> end = server.run(TestJobs.demoDsl(), conf);
      alone = metrics(server, end);
      assertThat(settings(server, end)).containsEntry("work_mode_used", 0);
    }
    List<TestServer> servers = startAll();
    try {
      tellEachOtherWhoTheyAre(servers.get(0));
      servers.get(0).upload("breast_hetero_guest");
      servers.get(1).upload("breast_hetero_host");

      assertThatThrownBy(() -> servers.get(0).blocking().submit(TestJobs.demoDsl(), conf))
          .message()
          .contains("job_parameters/work_mode", "host:10000", "arbiter:10001", "found 0");
      Map<String, Object> elsewhere =
          TestJobs.with(
              TestJobs.with(conf, 1, "job_parameters", "work_mode"),
              List.of("77777"),
              "role",
              "arbiter");
      assertThatThrownBy(() -> servers.get(0).blocking().submit(TestJobs.demoDsl(), elsewhere))
          .message()
          .contains("arbiter:77777", "no route leads to party id 77777");
      Map<String, Object> end =
          servers
              .get(0)
              .run(TestJobs.demoDsl(), TestJobs.with(conf, 1, "job_parameters", "work_mode"));

      assertThat(metrics(servers.get(0), end)).isEqualTo(alone);
      assertThat(settings(servers.get(0), end))
          .containsEntry("work_mode", 1)
          .containsEntry("work_mode_used", 1);
      for (TestServer each : servers) {
        // The initiator knows the end first; the others learn it a moment later.
        each.ended(String.valueOf(end.get("job_id")));
        List<?> views =
            (List<?>) each.blocking().job(String.valueOf(end.get("job_id"))).get("parties");
        assertThat(views).hasSize(1);
        assertThat(TestServer.at(views.get(0), "status")).isEqualTo("success");
      }
    } finally {
      servers.forEach(TestServer::close);
    }
  }

  @Test
  void aLaterJobTakesOverWhatAnEarlierOneMadeAndIsRunAgainWithOtherParameters() throws Exception {
    Map<String, Object> conf =
        TestJobs.with(
            TestJobs.with(
                TestJobs.with(TestJobs.demoConf(2), List.of("10001"), "role", "arbiter"),
                1,
                "job_parameters",
                "work_mode"),
            7,
            "job_parameters",
            "seed");
    List<TestServer> servers = startAll();
    try {
      servers.get(0).upload("breast_hetero_guest");
      servers.get(1).upload("breast_hetero_host");
      TestServer initiator = servers.get(0);
      Map<String, Object> first = initiator.run(TestJobs.demoDsl(), conf);
      Map<String, Object> expected = metrics(initiator, first);
      String source = String.valueOf(first.get("job_id"));
      for (TestServer each : servers) {
        each.ended(source);
      }
      Map<String, Object> heirConf =
          TestJobs.with(
              TestJobs.with(conf, "PULL", "job_parameters", "federated_status_collect_type"),
              Map.of(
                  "job_id",
                  source,
                  "component_list",
                  List.of("dataio_0", "hetero_feature_binning_0")),
              "job_parameters",
              "inheritance_info");

      Map<String, Object> second = initiator.run(TestJobs.demoDsl(), heirConf);

      assertThat(metrics(initiator, second)).isEqualTo(expected);
      assertThat(settings(initiator, second))
          .containsEntry("federated_status_collect_type", "PULL");
      String heir = String.valueOf(second.get("job_id"));
      for (TestServer each : servers) {
        each.ended(heir);
        JobRow row =
            Await.result(each.server().site().tracking().jobs(JobQuery.ofJob(heir))).get(0);
        assertThat(row.inheritance())
            .isEqualTo(
                new Inheritance(
                    source,
                    List.of("dataio_0", "hetero_feature_binning_0"),
                    Inheritance.Status.SUCCESS));
      }

      PipelineManager.Updated updated =
          Await.result(
              initiator
                  .server()
                  .site()
                  .pipelines()
                  .updateParameters(
                      heir,
                      new ParameterUpdate(
                          null, Map.of("common", Map.of("hetero_lr_0", Map.of("max_iter", 1))))));
      assertThat(updated.components()).containsExactly("hetero_lr_0");
      long before =
          Await.result(initiator.server().site().queue().events(heir, 0, 10_000)).stream()
              .mapToLong(JobEvent::sequence)
              .max()
              .orElseThrow();
      Await.result(
          initiator.server().site().pipelines().rerun(heir, List.of("hetero_lr_0"), true, "me"));
      assertThat(initiator.blocking().follow(heir, before, news -> {}).data())
          .containsEntry("status", "success");
      assertThat(initiator.metrics(heir)).isNotEqualTo(expected);
      for (TestServer each : servers) {
        JobRow row =
            Await.result(each.server().site().tracking().jobs(JobQuery.ofJob(heir))).get(0);
        assertThat(row.edition()).isPositive();
        assertThat(TestServer.at(row.conf(), "algorithm_parameters", "hetero_lr_0", "max_iter"))
            .isEqualTo(1);
      }
    } finally {
      servers.forEach(TestServer::close);
    }
  }

  @Test
  void aModelIsDeployedAtAllOfThemAndPredictsThere() throws Exception {
    Map<String, Object> conf =
        TestJobs.with(
            TestJobs.with(TestJobs.demoConf(1), List.of("10001"), "role", "arbiter"),
            1,
            "job_parameters",
            "work_mode");
    List<TestServer> servers = startAll();
    try {
      servers.get(0).upload("breast_hetero_guest");
      servers.get(1).upload("breast_hetero_host");
      var job = servers.get(0).blocking().submit(TestJobs.demoDsl(), conf);
      for (TestServer each : servers) {
        assertThat(each.ended(job.jobId())).containsEntry("status", "success");
      }
      Map<String, Object> asked =
          Map.of("model_id", job.modelId(), "model_version", job.modelVersion());
      // Any of the parties may ask.
      Map<String, Object> answer = V1.of(servers.get(1)).post("model/deploy", asked);
      assertThat(answer).containsEntry("retmsg", "success");
      String version = String.valueOf(TestServer.at(answer.get("data"), "model_version"));
      for (TestServer each : servers) {
        List<?> rows = (List<?>) V1.of(each).data("model/query", Map.of("model_version", version));
        assertThat(rows).hasSize(1);
        assertThat(TestServer.at(rows.get(0), "f_parent")).isEqualTo(false);
        assertThat(TestServer.at(rows.get(0), "f_parent_info", "parent_model_version"))
            .isEqualTo(job.modelVersion());
      }
      V1 guest = V1.of(servers.get(0));
      Object template =
          guest.data(
              "model/get/predict/conf",
              Map.of("model_id", job.modelId(), "model_version", version));
      Map<String, Object> predict =
          TestJobs.with(template, tables("guest"), "role_parameters", "guest", "args", "data");
      predict = TestJobs.with(predict, tables("host"), "role_parameters", "host", "args", "data");
      Map<String, Object> end = servers.get(0).run(Map.of(), predict);
      assertThat(end).containsEntry("status", "success");
      assertThat(servers.get(0).metrics(String.valueOf(end.get("job_id")))).isNotEmpty();

      servers.get(2).close();
      Map<String, Object> half = guest.post("model/deploy", asked);
      assertThat(half).containsEntry("retcode", 101).containsEntry("retmsg", "failed");
      assertThat(TestServer.at(half.get("data"), "guest", "9999")).isEqualTo(0);
      assertThat(TestServer.at(half.get("data"), "arbiter", "10001")).isEqualTo(100);
      assertThat(
              String.valueOf(
                  TestServer.at(half.get("data"), "detail", "arbiter", "10001", "retmsg")))
          .contains("10001");
    } finally {
      servers.forEach(TestServer::close);
    }
  }

  private static Map<String, Object> tables(String role) {
    return Map.of(
        "eval_data",
        List.of(Map.of("namespace", TestServer.NAMESPACE, "name", "breast_hetero_" + role)));
  }

  /** The job parameters as the job's own views show them. */
  private static Map<String, Object> settings(TestServer server, Map<String, Object> end)
      throws Exception {
    return Await.result(
            server
                .server()
                .site()
                .tracking()
                .jobs(JobQuery.ofJob(String.valueOf(end.get("job_id")))))
        .get(0)
        .settings();
  }

  private static Map<String, Object> metrics(TestServer server, Map<String, Object> end)
      throws InterruptedException {
    assertThat(end).containsEntry("status", "success");
    return server.metrics(String.valueOf(end.get("job_id")));
  }

  private static void tellEachOtherWhoTheyAre(TestServer guest) throws Exception {
    Object host = V1.of(guest).data("info/party/10000", Map.of());
    assertThat(TestServer.at(host, "version").toString()).startsWith("fedflow/");
    assertThat(TestServer.at(host, "party_id")).isEqualTo(10000);
    assertThat(TestServer.at(V1.of(guest).data("info/common", Map.of()), "party_id"))
        .isEqualTo(9999);
    assertThat(V1.of(guest).post("info/party/77777", Map.of()).get("retmsg").toString())
        .contains("no route leads to party id 77777");
  }

  private List<TestServer> startAll() throws Exception {
    List<Integer> ports = freePorts();
    List<Path> folders = PARTIES.stream().map(folder::resolve).toList();
    DemoIdentities.make(folder, PARTIES, folders);
    List<TestServer> servers = new ArrayList<>();
    for (int self = 0; self < PARTIES.size(); self++) {
      Map<String, SiteAddress> routes = new LinkedHashMap<>();
      for (int other = 0; other < PARTIES.size(); other++) {
        if (other != self) {
          routes.put(PARTIES.get(other), new SiteAddress("127.0.0.1", ports.get(other)));
        }
      }
      servers.add(
          TestServer.start(
              TestServer.options(folders.get(self))
                  .ports(0, ports.get(self))
                  .federation(Set.of(PARTIES.get(self)), routes)
                  .build()));
    }
    return servers;
  }

  private static List<Integer> freePorts() throws Exception {
    List<ServerSocket> held = new ArrayList<>();
    for (String party : PARTIES) {
      held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }
}
