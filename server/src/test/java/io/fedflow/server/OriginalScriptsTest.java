package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that use FATE's own FlowClient and Pipeline, against a server. */
@Tag("originals")
class OriginalScriptsTest {

  private static final List<String> TABLES = List.of("breast_hetero_guest", "breast_hetero_host");

  /** What this server does not do, and says so. */
  private static final Map<String, String> NOT_DONE =
      Map.of(
          "data.download", "output_path: ",
          "model.homo_convert", "not yet: ",
          "checkpoint.get_checkpoint", "lr_0 kept no model",
          "table.delete again", "no find table",
          "tag.query again", "no tag",
          // FATE's own server has no such route either.
          "privilege.query", "404 Not Found");

  @TempDir static Path folder;
  private static Path local;
  private static TestServer server;
  private static RequestRecorder recorder;
  private static OriginalClient client;

  @BeforeAll
  static void start() throws Exception {
    local = Files.createDirectories(folder.resolve("local"));
    for (String table : TABLES) {
      try (InputStream in =
          OriginalScriptsTest.class.getResourceAsStream(
              "/io/fedflow/server/cli/data/" + table + ".csv")) {
        Files.copy(in, local.resolve(table + ".csv"));
      }
    }
    Files.writeString(local.resolve("small.csv"), "id,x0\na,1\nb,2\n");
    server =
        TestServer.start(
                TestServer.options(folder.resolve("server")).localFiles(List.of(local)).build())
            .withDemoTables();
    recorder = new RequestRecorder(server.server().url());
    client = new OriginalClient(folder, recorder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      recorder.close();
      server.close();
    }
  }

  private static Map<String, Object> run(String script, Map<String, Object> asked)
      throws Exception {
    Map<String, Object> all = new HashMap<>(asked);
    all.put("folder", client.work().toString());
    return OriginalSite.map(client.script(script, script, OriginalSite.CODEC.write(all)));
  }

  private static Path file(String name) {
    return local.resolve(name + ".csv");
  }

  @Test
  void everyMethodOfFlowClient_getsTheRightData() throws Exception {
    Map<String, Object> answers =
        run(
            "sdk.py",
            Map.of(
                "url",
                recorder.url(),
                "file",
                file("small").toString(),
                "bound",
                file("small").toString(),
                "dsl",
                TestJobs.read("/originals/train_dsl.json"),
                "conf",
                TestJobs.read("/originals/train_conf.json")));
    answers.forEach(
        (method, answer) -> {
          if (NOT_DONE.containsKey(method)) {
            assertThat(TestServer.at(answer, "retmsg").toString())
                .as(method)
                .startsWith(NOT_DONE.get(method));
          } else if (answer instanceof Map<?, ?> envelope) {
            assertThat(envelope.get("retcode")).as(method + " gave " + answer).isEqualTo(0);
          }
        });
    for (String job : List.of("data.upload", "job.submit", "test.toy")) {
      assertThat(answers).containsEntry(job + " end", "success");
    }
    assertThat(at(answers, "table.info", "count")).isEqualTo(2);
    assertThat((List<?>) at(answers, "data.upload_history")).hasSize(1);
    assertThat((List<?>) at(answers, "job.list", "jobs")).hasSize(2);
    assertThat((List<?>) at(answers, "task.list", "tasks")).hasSize(2);
    assertThat((List<?>) at(answers, "job.query")).hasSize(1);
    assertThat((List<?>) at(answers, "job.view")).hasSize(5);
    assertThat((List<?>) at(answers, "component.list", "components")).hasSize(6);
    assertThat((List<?>) at(answers, "component.metrics", "train")).isNotEmpty();
    assertThat(at(answers, "component.metrics again")).isEqualTo(Map.of());
    assertThat(at(answers, "component.parameters", "ComponentParam", "max_iter")).isEqualTo(2);
    assertThat((Map<?, ?>) at(answers, "component.output_model", "weight")).hasSize(10);
    assertThat((Map<?, ?>) at(answers, "component.get_summary", "coef")).hasSize(10);
    Path rows =
        Path.of(String.valueOf(TestServer.at(answers.get("component.output_data"), "directory")));
    assertThat(Files.readAllLines(rows.resolve("data.csv"))).hasSize(8);
    assertThat(at(answers, "job.generate_dsl", "components", "transform_0", "input", "model"))
        .isEqualTo(List.of("pipeline.transform_0.model"));
    assertThat(at(answers, "model.deploy", "model_version"))
        .isEqualTo(
            at(answers, "model.get_predict_conf", "job_parameters", "common", "model_version"))
        .isNotEqualTo(at(answers, "job.submit", "model_info", "model_version"));
    assertThat(answers)
        .contains(entry("remote_version.api", "v1"))
        .containsKey("remote_version.eggroll");
    assertThat(answers.get("remote_version.fate_flow").toString()).startsWith("1.11.");
    assertThat(answers.get("test.check_toy").toString()).contains("the secure sum is 2000");
  }

  private static Object at(Map<String, Object> answers, String method, String... keys) {
    return TestServer.at(TestServer.at(answers.get(method), "data"), keys);
  }

  @Test
  void pipelines_goFromUploadToPrediction() throws Exception {
    Map<String, Object> seen =
        run(
            "pipelines.py",
            Map.of(
                "guest", file(TABLES.get(0)).toString(), "host", file(TABLES.get(1)).toString()));
    assertThat(seen)
        .contains(
            entry("bind", Map.of("namespace", "scripts", "table_name", "bound")),
            entry(
                "columns",
                List.of(
                    "id", "label", "predict_result", "predict_score", "predict_detail", "type")),
            entry("rows", OriginalSite.ROWS),
            entry("limited", 9),
            entry("predicted", OriginalSite.ROWS),
            entry("predicted types", List.of("predict")),
            entry("same scores", true));
    assertThat((Map<?, ?>) TestServer.at(seen.get("model"), "weight"))
        .isEqualTo(TestServer.at(seen.get("summary"), "coef"));
    assertThat(auc(seen, "auc", "train")).isGreaterThan(0.95);
    assertThat(auc(seen, "predict auc", "predict")).isEqualTo(auc(seen, "auc", "train"));
    assertThat((Map<?, ?>) TestServer.at(seen.get("deployed"), "components"))
        .hasSize(5)
        .allSatisfy(
            (name, component) ->
                assertThat(OriginalSite.map(component)).doesNotContainKey("provider"));
    assertThat(TestServer.at(seen.get("predict model"), "model_version"))
        .isNotEqualTo(seen.get("job"));
    for (String style : List.of("today", "then")) {
      assertThat(TestServer.at(seen.get("old model " + style), "iters")).isEqualTo(1);
    }
    assertThat(TestServer.at(seen.get("old answer"), "data", "message").toString())
        .startsWith("[WARN] ")
        .contains("work_mode", "backend");
    assertThat(seen.get("refused").toString()).contains("this site has no model guest-1#model");
  }

  private static double auc(Map<String, Object> seen, String name, String stage) {
    return ((Number) TestServer.at(seen.get(name), "lr_0", stage, "auc")).doubleValue();
  }
}
