package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that checks permissions, before and after it starts again. */
class PermissionsTest {

  @TempDir Path folder;

  private static Map<String, Object> submitted(V1 v1) throws Exception {
    return v1.post(
        "job/submit",
        Map.of("job_dsl", TestJobs.demoDsl(), "job_runtime_conf", TestJobs.demoConf(1)));
  }

  private TestServer start() throws Exception {
    return TestServer.start(TestServer.lasting(folder).permissions(true).build());
  }

  @Test
  void jobsOfOthersNeedWhatTheyWereGranted() throws Exception {
    Map<String, Object> host =
        Map.of("namespace", TestServer.NAMESPACE, "name", "breast_hetero_host");
    try (TestServer server = start().withDemoTables()) {
      V1 v1 = V1.of(server);
      Map<String, Object> refused = submitted(v1);
      assertThat(refused).containsEntry("retcode", 103);
      assertThat(refused.get("retmsg").toString())
          // Whichever party answers first.
          .contains("party 9999 was not granted component ");
      assertThat(v1.post("permission/grant", Map.of("party_id", 9999, "component", "*")))
          .containsEntry("retcode", 0);
      assertThat(submitted(v1).get("retmsg").toString())
          .contains("not granted table experiment.breast_hetero_host")
          .doesNotContain("component ");
    }
    try (TestServer server = start()) {
      V1 v1 = V1.of(server);
      assertThat(v1.post("permission/grant", Map.of("party_id", "9999", "dataset", host)))
          .containsEntry("retcode", 0);
      assertThat(v1.data("permission/query", Map.of("party_id", "9999")))
          .isEqualTo(Map.of("component", List.of("*"), "dataset", List.of(host)));
      Map<String, Object> taken = submitted(v1);
      assertThat(taken).containsEntry("retcode", 0);
      assertThat(server.ended(String.valueOf(taken.get("jobId"))))
          .containsEntry("status", "success");
      v1.post("permission/delete", Map.of("party_id", 9999, "component", "*", "dataset", "*"));
      assertThat(submitted(v1)).containsEntry("retcode", 103);
    }
  }
}
