package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
  }

  @Test
  void theSamePipelineInTheSecondLanguageRuns() throws Exception {
    Map<String, Object> conf =
        TestJobs.with(
            TestJobs.with(
                TestJobs.read("/io/fedflow/server/cli/jobs/pipeline_conf.json"),
                1024,
                "component_parameters",
                "common",
                "hetero_lr_0",
                "encrypt_param",
                "key_length"),
            3,
            "component_parameters",
            "common",
            "hetero_lr_0",
            "max_iter");

    Map<String, Object> end =
        server.run(TestJobs.read("/io/fedflow/server/cli/jobs/pipeline_dsl.json"), conf);

    assertThat(end).containsEntry("status", "success");
    assertThat(server.metric(jobId(end), "auc")).isGreaterThan(0.98);
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

  private static String jobId(Map<String, Object> end) {
    return String.valueOf(end.get("job_id"));
  }
}
