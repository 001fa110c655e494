package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.InstanceTimes;
import io.fedflow.storage.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of a site on one database: whichever is asked, the one that has the job answers. */
class SharedServersTest {

  private static final int ITERATIONS = 200;

  @TempDir Path folder;

  private final String url = TestPostgres.freshDatabase();
  private final List<TestServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(TestServer::close);
  }

  private TestServer server(String name) throws StartupFailure {
    TestServer server =
        TestServer.start(
            TestServer.options(folder.resolve(name))
                .database(url)
                .instances(InstanceTimes.of(Duration.ofMinutes(1)))
                .build());
    servers.add(server);
    return server;
  }

  @Test
  void aJobIsFollowedExplainedAndStoppedAtEitherServer() throws Exception {
    TestServer owner = server("owner").withDemoTables();
    TestServer other = server("other");
    String jobId =
        owner.blocking().submit(TestJobs.demoDsl(), TestJobs.demoConf(ITERATIONS)).jobId();
    assertThat(owner.server().site().isLive(jobId)).isTrue();
    assertThat(other.server().site().isLive(jobId)).isFalse();

    assertThat(other.blocking().explain(jobId)).isEqualTo(owner.blocking().explain(jobId));
    other.blocking().stop(jobId);

    assertThat(other.ended(jobId)).containsEntry("status", "canceled");
    assertThat(owner.ended(jobId)).containsEntry("status", "canceled");
  }

  @Test
  void whatEndedIsRunAgainAtEitherServer_alsoWhenItsOwnerIsGone() throws Exception {
    TestServer owner = server("owner").withDemoTables();
    TestServer other = server("other");
    Map<String, Object> end = owner.run(TestJobs.demoDsl(), TestJobs.demoConf(2));
    assertThat(end).containsEntry("status", "success");
    String jobId = String.valueOf(end.get("job_id"));

    other.blocking().call("/v1/job/rerun", Map.of("job_id", jobId, "force", true));
    assertThat(other.server().site().isLive(jobId)).isFalse();
    assertThat(owner.ended(jobId)).containsEntry("status", "success");

    owner.close();
    other.blocking().call("/v1/job/rerun", Map.of("job_id", jobId, "force", true));
    assertThat(other.ended(jobId)).containsEntry("status", "success");
  }
}
