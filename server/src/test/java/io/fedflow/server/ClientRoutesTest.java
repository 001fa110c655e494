package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FATE's routes about a job that really ran. */
class ClientRoutesTest {

  private static final String GUEST_TABLE = "breast_hetero_guest";

  @TempDir static Path folder;
  private static TestServer server;
  private static V1 v1;
  private static String jobId;

  @BeforeAll
  static void start() throws Exception {
    Path local = Files.createDirectories(folder.resolve("local"));
    Files.writeString(local.resolve("rows.csv"), "id,x0\na,1\nb,2\n");
    server =
        TestServer.start(TestServer.options(folder).localFiles(List.of(local)).build())
            .withDemoTables();
    v1 = V1.of(server);
    Map<String, Object> end = server.run(TestJobs.demoDsl(), TestJobs.demoConf(1));
    assertThat(end).containsEntry("status", "success");
    jobId = String.valueOf(end.get("job_id"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Object> guest() {
    return Map.of("job_id", jobId, "role", "guest", "party_id", 9999);
  }

  @Test
  void logsCanBeReadPageByPage() throws Exception {
    Map<String, Object> file =
        Map.of("job_id", jobId, "log_type", "partyInfo", "role", "guest", "party_id", 9999);
    int size = ((Number) TestServer.at(v1.data("log/size", file), "size")).intValue();
    assertThat(size).isGreaterThan(3);
    List<?> lines = (List<?>) v1.data("log/cat", TestJobs.with(file, size, "begin"));
    assertThat(lines).hasSize(1);
    assertThat(TestServer.at(lines.get(0), "line_num")).isEqualTo(size);
  }

  @Test
  void tablesLeadFromTheJobBackToTheUpload() throws Exception {
    Object tables = v1.data("table/list", guest());
    Object made = TestServer.at(tables, "hetero_lr_0", "output", "train");
    List<?> sources =
        (List<?>)
            v1.data(
                "table/tracking/source",
                Map.of(
                    "table_name",
                    TestServer.at(made, "name"),
                    "namespace",
                    TestServer.at(made, "namespace")));
    assertThat(sources)
        .isNotEmpty()
        .allSatisfy(
            source ->
                assertThat(TestServer.at(source, "source_table_name")).isEqualTo(GUEST_TABLE));
    Object readers =
        v1.data(
            "table/tracking/job",
            Map.of("table_name", GUEST_TABLE, "namespace", TestServer.NAMESPACE));
    assertThat(TestServer.at(readers, "job").toString()).contains(jobId);
  }

  @Test
  void uploadsAndTasksAreReported() throws Exception {
    assertThat(v1.data("data/upload/history", Map.of("limit", 10)).toString())
        .contains("table_name=" + GUEST_TABLE, "upload_count=569");
    List<?> report = (List<?>) v1.data("job/report", guest());
    assertThat(report)
        .isNotEmpty()
        .allSatisfy(task -> assertThat(TestServer.at(task, "status")).isEqualTo("success"));
  }

  @Test
  void filesOfTheServerAreLoadedAndNoPathIsShown() throws Exception {
    Map<String, Object> settings =
        Map.of(
            "file",
            "rows.csv",
            "use_local_data",
            0,
            "namespace",
            "local",
            "table_name",
            "rows",
            "head",
            1,
            "partition",
            1);
    String upload = String.valueOf(v1.post("data/upload", settings).get("jobId"));
    assertThat(server.ended(upload)).containsEntry("status", "success");
    assertThat(
            TestServer.at(
                v1.data("table/table_info", Map.of("namespace", "local", "name", "rows")), "count"))
        .isEqualTo(2);
    for (String route : List.of("job/list/job", "job/list/task", "data/upload/history")) {
      assertThat(v1.post(route, Map.of()).toString())
          .as(route)
          .contains("rows")
          .doesNotContain(folder.toString());
    }
  }

  @Test
  void descriptionsOfEndedJobsAreKept() throws Exception {
    assertThat(v1.post("job/update", TestJobs.with(guest(), "good one", "notes")))
        .contains(entry("retcode", 0), entry("retmsg", "success"));
    assertThat(v1.data("job/query", guest()).toString()).contains("f_description=good one");
  }

  @Test
  void componentsAndSlotsAreShown() throws Exception {
    Object modules = v1.data("component/get", Map.of());
    assertThat(TestServer.at(modules, "HeteroLR", "default_provider")).isEqualTo("fate");
    assertThat(TestServer.at(modules, "Reader", "default_provider")).isEqualTo("fate_flow");
    assertThat(TestServer.at(modules, "SecureAddExample", "parameters", "data_num", "default"))
        .isEqualTo(1000);
    Object tools = v1.data("provider/fate_flow/get", Map.of());
    assertThat(TestServer.at(tools, "1.11.2", "components"))
        .isEqualTo(List.of("cacheloader", "download", "modelloader", "reader", "upload", "writer"));
    Map<String, Object> asked =
        Map.of(
            "dsl_version",
            2,
            "component_name",
            "lr_0",
            "component_module_name",
            "HeteroLR",
            "role",
            "guest",
            "component_parameters",
            Map.of("common", Map.of("lr_0", Map.of("max_iter", "many"))));
    assertThat(v1.post("component/validate", asked)).containsEntry("retcode", 400);
    assertThat(
            v1.post(
                "component/validate",
                TestJobs.with(asked, 7, "component_parameters", "common", "lr_0", "max_iter")))
        .containsEntry("retcode", 0);
    Object engine = TestServer.at(v1.data("resource/query", Map.of()), "computing_engine_resource");
    assertThat(TestServer.at(engine, "f_remaining_cores"))
        .isEqualTo(TestServer.at(engine, "f_cores"));
    assertThat(v1.post("resource/return", Map.of("job_id", jobId))).containsEntry("retcode", 0);
  }

  @Test
  void disabledTablesAreForNoJob() throws Exception {
    Map<String, Object> host =
        Map.of("namespace", TestServer.NAMESPACE, "table_name", "breast_hetero_host");
    assertThat(v1.post("table/disable", host)).containsEntry("retcode", 0);
    try {
      Map<String, Object> refused =
          v1.post(
              "job/submit",
              Map.of("job_dsl", TestJobs.demoDsl(), "job_runtime_conf", TestJobs.demoConf(1)));
      assertThat(refused).containsEntry("retcode", 103);
      assertThat(refused.get("retmsg").toString()).contains("breast_hetero_host is disabled");
    } finally {
      assertThat(v1.post("table/enable", host)).containsEntry("retcode", 0);
    }
  }
}
