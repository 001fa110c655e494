package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.storage.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second start serves what the first made. */
class RestartTest {

  private static final List<String> ALL =
      List.of(
          "dataio_0",
          "hetero_feature_binning_0",
          "hetero_feature_selection_0",
          "hetero_lr_0",
          "evaluation_0");

  private static final List<String> SUMMARISED = ALL.subList(1, ALL.size());

  @TempDir Path folder;
  @TempDir Path emptyFolder;

  @Test
  void onTheSameFolderServesFinishedJobsWithEverythingTheyMade() throws Exception {
    servesTheSame(TestServer.lasting(folder).build(), TestServer.lasting(folder).build());
  }

  @Test
  void onTheSameDatabaseNeedsNothingFromTheFolder() throws Exception {
    String database = TestPostgres.freshDatabase();

    servesTheSame(
        TestServer.options(folder).database(database).build(),
        TestServer.options(emptyFolder).database(database).build());
  }

  private static void servesTheSame(ServerOptions first, ServerOptions second) throws Exception {
    String jobId;
    List<Object> before;
    try (TestServer server = TestServer.start(first).withDemoTables()) {
      Map<String, Object> end = server.run(TestJobs.demoDsl(), TestJobs.demoConf(3));
      assertThat(end).containsEntry("status", "success");
      jobId = String.valueOf(end.get("job_id"));
      assertThat(server.metric(jobId, "auc")).isGreaterThan(0.98);
      before = everything(server, jobId);
    }
    try (TestServer server = TestServer.start(second)) {
      assertThat(everything(server, jobId)).isEqualTo(before);
    }
  }

  /** All that a finished demo job made, as clients see it. */
  static List<Object> everything(TestServer server, String jobId) throws Exception {
    List<Object> all = new ArrayList<>();
    all.add(server.blocking().job(jobId));
    all.add(server.metrics(jobId));
    all.add(server.blocking().table(TestServer.NAMESPACE, "breast_hetero_guest"));
    for (String component : SUMMARISED) {
      all.add(server.blocking().summary(TestServer.guest(jobId, component)));
    }
    for (String component : ALL) {
      all.add(server.blocking().outputModel(TestServer.guest(jobId, component)));
      all.add(server.blocking().outputData(TestServer.guest(jobId, component)));
    }
    all.add(server.blocking().log(jobId, "guest", "9999", "", "info", 0));
    return all;
  }
}
