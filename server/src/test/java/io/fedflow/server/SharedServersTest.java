package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.InstanceTimes;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.spi.JobQuery;
import io.fedflow.storage.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    explainsAlike(owner, other, jobId);
    other.blocking().stop(jobId);

    assertThat(other.ended(jobId)).containsEntry("status", "canceled");
    assertThat(owner.ended(jobId)).containsEntry("status", "canceled");
  }

  @Test
  void aServerThatTellsTheOthersNoAddressOfItsOwn_warns() throws Exception {
    ServerOptions.Builder all =
        TestServer.options(folder.resolve("all")).database(url).host("0.0.0.0");
    try (TestServer server = TestServer.start(all.build())) {
      assertThat(server.server().warnings())
          .singleElement()
          .asString()
          .contains("--advertise", "0.0.0.0");
    }
    try (TestServer server = TestServer.start(all.advertise("127.0.0.1").build())) {
      assertThat(server.server().warnings()).isEmpty();
    }
  }

  @Test
  void whatEndedIsRunAgainAtEitherServer_alsoWhenItsOwnerIsGone() throws Exception {
    TestServer owner = server("owner").withDemoTables();
    TestServer other = server("other");
    Map<String, Object> end = owner.run(TestJobs.demoDsl(), TestJobs.demoConf(2));
    assertThat(end).containsEntry("status", "success");
    String jobId = String.valueOf(end.get("job_id"));

    int round = round(other, jobId);

    rerun(other, jobId);
    assertThat(other.server().site().isLive(jobId)).isFalse();
    awaitSuccess(other, jobId, round + 1);

    owner.close();
    rerun(other, jobId);
    awaitSuccess(other, jobId, round + 2);
  }

  /** The job moves on between two questions: they have to be alike at some time. */
  private static void explainsAlike(TestServer owner, TestServer other, String jobId)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Map<String, Object> there;
    Map<String, Object> here;
    do {
      there = owner.blocking().explain(jobId);
      here = other.blocking().explain(jobId);
    } while (!here.equals(there) && System.nanoTime() < end);
    assertThat(here).isEqualTo(there);
  }

  private static void rerun(TestServer at, String jobId) throws Exception {
    at.blocking().call("/v1/job/rerun", Map.of("job_id", jobId, "force", true));
  }

  private static int round(TestServer at, String jobId) throws Exception {
    return views(at, jobId).stream().mapToInt(JobRow::round).max().orElseThrow();
  }

  private static List<JobRow> views(TestServer at, String jobId) throws Exception {
    return Await.result(at.server().site().tracking().jobs(JobQuery.ofJob(jobId)));
  }

  private static void awaitSuccess(TestServer at, String jobId, int round) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!views(at, jobId).stream()
        .allMatch(view -> view.round() == round && view.status() == JobStatus.SUCCESS)) {
      assertThat(System.nanoTime()).as("patience with round " + round).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
