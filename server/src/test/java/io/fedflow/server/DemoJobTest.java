package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs over HTTP, through every layer. */
class DemoJobTest {

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.standalone(folder).withDemoTables();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void ourUsersJobRunsUnchanged() throws Exception {
    Map<String, Object> end =
        server.run(
            TestJobs.read("/seed/job_dsl.json"), TestJobs.read("/seed/job_runtime_conf.json"));

    assertThat(end).containsEntry("status", "success");
    assertThat(server.metric(jobId(end), "auc")).isGreaterThan(0.98);
    assertPredicts(jobId(end));
  }

  /** Only its first component says need_deploy; all the others predict as well. */
  private static void assertPredicts(String trained) throws Exception {
    Map<String, Object> conf = TestJobs.read("/seed/job_runtime_conf.json");
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("job_type", "predict");
    job.put("model_id", "arbiter-10000#guest-9999#host-10000#model");
    job.put("model_version", trained);
    conf = TestJobs.with(conf, job, "job_parameters");
    for (String role : List.of("guest", "host")) {
      Object tables = TestServer.at(conf, "role_parameters", role, "args", "data", "train_data");
      conf =
          TestJobs.with(conf, Map.of("eval_data", tables), "role_parameters", role, "args", "data");
    }
    Map<String, Object> end = server.run(Map.of(), conf);

    assertThat(end).containsEntry("status", "success");
    V1 v1 = V1.of(server);
    Map<String, Object> asked =
        Map.of("component_name", "hetero_lr_0", "role", "guest", "party_id", "9999");
    for (String id : List.of(trained, jobId(end))) {
      List<?> scores =
          (List<?>) v1.data("tracking/component/output/data", TestJobs.with(asked, id, "job_id"));
      assertThat((List<?>) scores.get(0)).as(id).isNotEmpty();
    }
    assertThat(
            TestServer.at(
                v1.data(
                    "tracking/component/metric/all",
                    TestJobs.with(
                        TestJobs.with(asked, jobId(end), "job_id"),
                        "evaluation_0",
                        "component_name")),
                "predict",
                "hetero_lr_0",
                "data"))
        .isEqualTo(
            TestServer.at(
                v1.data(
                    "tracking/component/metric/all",
                    TestJobs.with(
                        TestJobs.with(asked, trained, "job_id"), "evaluation_0", "component_name")),
                "train",
                "hetero_lr_0",
                "data"));
  }

  @Test
  void theSamePipelineInTheSecondLanguageRuns() throws Exception {
    Map<String, Object> end =
        server.run(
            TestJobs.read("/io/fedflow/server/cli/jobs/pipeline_dsl.json"),
            quick(TestJobs.read("/io/fedflow/server/cli/jobs/pipeline_conf.json")));

    assertThat(end).containsEntry("status", "success");
    assertThat(server.metric(jobId(end), "auc")).isGreaterThan(0.98);
  }

  /** FATE's own breast job: no binning, no selection, batches, settings that it does not use. */
  @Test
  void aJobLikeFatesBreastExampleRuns() throws Exception {
    Map<String, Object> dsl =
        TestJobs.with(
            TestJobs.with(
                TestJobs.with(
                    TestJobs.read("/io/fedflow/server/cli/jobs/pipeline_dsl.json"),
                    null,
                    "components",
                    "hetero_feature_binning_0"),
                null,
                "components",
                "hetero_feature_selection_0"),
            List.of("intersection_0.data"),
            "components",
            "hetero_lr_0",
            "input",
            "data",
            "train_data");
    Map<String, Object> lr = new LinkedHashMap<>();
    lr.put("penalty", "L2");
    lr.put("tol", 1e-4);
    lr.put("alpha", 0.01);
    lr.put("optimizer", "rmsprop");
    lr.put("batch_size", 320);
    lr.put("learning_rate", 0.15);
    lr.put("init_param", Map.of("init_method", "zeros"));
    lr.put("encrypt_param", Map.of("key_length", 1024));
    lr.put("max_iter", 30);
    lr.put("early_stop", "diff");
    lr.put("cv_param", Map.of("n_splits", 5, "shuffle", false, "need_cv", false));
    lr.put("sqn_param", Map.of("update_interval_L", 3, "memory_M", 5, "sample_size", 5000));
    Map<String, Object> conf =
        TestJobs.with(
            TestJobs.read("/io/fedflow/server/cli/jobs/pipeline_conf.json"),
            Map.of("hetero_lr_0", lr, "evaluation_0", Map.of("eval_type", "binary")),
            "component_parameters",
            "common");

    Map<String, Object> end = server.run(dsl, conf);

    assertThat(end).containsEntry("status", "success");
    assertThat(server.metric(jobId(end), "auc")).isGreaterThan(0.97);
  }

  @Test
  void aStopDuringTrainingCancelsTheJobAtAllPartiesWithinASecond() throws Exception {
    CompletableFuture<Void> training = new CompletableFuture<>();
    String jobId = server.blocking().submit(TestJobs.demoDsl(), TestJobs.demoConf(10_000)).jobId();
    var following =
        server
            .client()
            .follow(
                jobId,
                0,
                news -> {
                  if (news.type().equals("metric") && "loss".equals(news.data().get("name"))) {
                    training.complete(null);
                  }
                });
    training.get(60, TimeUnit.SECONDS);

    long asked = System.nanoTime();
    server.blocking().stop(jobId);
    Map<String, Object> end =
        following.ended().toCompletableFuture().get(60, TimeUnit.SECONDS).data();
    long took = System.nanoTime() - asked;

    assertThat(end).containsEntry("status", "canceled");
    assertThat(TimeUnit.NANOSECONDS.toMillis(took)).isLessThan(1_000);
    assertThat((List<?>) server.blocking().job(jobId).get("parties"))
        .hasSize(3)
        .allSatisfy(view -> assertThat(TestServer.at(view, "status")).isEqualTo("canceled"));
  }

  private static Map<String, Object> quick(Map<String, Object> conf) {
    String[] lr = {"component_parameters", "common", "hetero_lr_0"};
    return TestJobs.with(
        TestJobs.with(conf, 1024, lr[0], lr[1], lr[2], "encrypt_param", "key_length"),
        3,
        lr[0],
        lr[1],
        lr[2],
        "max_iter");
  }

  private static String jobId(Map<String, Object> end) {
    return String.valueOf(end.get("job_id"));
  }
}
