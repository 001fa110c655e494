package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the parties of a job learn when one of them fails. */
class FailureAcrossPartiesTest {

  private static final String SECRET = "not-for-others";

  @TempDir Path folder;

  @Test
  void namePartyComponentAndCodeButKeepDetailsAtTheirSite() throws Exception {
    try (ThreeServers servers = ThreeServers.start(folder)) {
      TestServer host = servers.all().get(1);
      host.ended(host.upload("damaged", damaged()));
      Map<String, Object> conf =
          TestJobs.with(
              ThreeServers.conf(1),
              List.of(Map.of("namespace", TestServer.NAMESPACE, "name", "damaged")),
              "role_parameters",
              "host",
              "args",
              "data",
              "train_data");

      Map<String, Object> end = servers.guest().run(TestJobs.demoDsl(), conf);

      assertThat(end).containsEntry("status", "failed");
      assertThat(end.get("cause").toString())
          .contains("host:10000 dataio_0", "details stay at its site", "[transform.cell]")
          .doesNotContain(SECRET);
      String jobId = String.valueOf(end.get("job_id"));
      for (TestServer server : List.of(servers.guest(), servers.arbiter())) {
        server.ended(jobId);
        assertThat(everything(server, jobId)).contains("[transform.cell]").doesNotContain(SECRET);
      }
      host.ended(jobId);
      assertThat(everything(host, jobId)).contains("column ", "found '" + SECRET);
      assertThat(servers.guest().blocking().job(jobId).get("trace_id"))
          .isEqualTo(host.blocking().job(jobId).get("trace_id"));
    }
  }

  private static String everything(TestServer server, String jobId) throws Exception {
    return server.blocking().job(jobId).toString()
        + server.server().site().pipelines().explain(jobId).toCompletableFuture().get();
  }

  private static String damaged() throws Exception {
    try (InputStream in =
        TestServer.class.getResourceAsStream(
            "/io/fedflow/server/cli/data/breast_hetero_host.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int line = text.indexOf('\n', text.indexOf('\n') + 1);
      int cell = text.lastIndexOf(',', line);
      return text.substring(0, cell + 1) + SECRET + text.substring(line);
    }
  }
}
