package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.FlowHttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed at random moments of a job of several tasks, and started again: the job
 * ends well, with what an undisturbed run makes. {@code -Dfedflow.kills} sets how often, {@code
 * -Dfedflow.seed} repeats a run.
 */
class RandomKillsTest {

  private static final int KILLS = Integer.getInteger("fedflow.kills", 4);
  private static final int KILLS_OF_ONE_JOB = 5;

  /** Hardly more news than this come from the start of a server to the job's end. */
  private static final int NEWS = 40;

  private static final int ITERATIONS = 3;

  private static final int PARTIES = 3;

  @TempDir Path folder;

  @Test
  void killsAtRandomMomentsChangeNothing() throws Exception {
    long seed = Long.getLong("fedflow.seed", new Random().nextLong());
    Random random = new Random(seed);
    String undisturbed;
    try (TestServer server =
        TestServer.start(TestServer.lasting(folder).build()).withDemoTables()) {
      Map<String, Object> end = server.run(TestJobs.demoDsl(), conf());
      assertThat(end).containsEntry("status", "success");
      undisturbed = String.valueOf(end.get("job_id"));
    }
    int kills = 0;
    List<String> jobs = new ArrayList<>();
    while (kills < KILLS) {
      ServerProcess server = ServerProcess.start(folder);
      String jobId =
          FlowHttpClient.of(server.url()).blocking().submit(TestJobs.demoDsl(), conf()).jobId();
      jobs.add(jobId);
      int more = Math.min(KILLS_OF_ONE_JOB, KILLS - kills);
      AtomicLong seen = new AtomicLong();
      while (more > 0 && JobMoments.live(server.url(), jobId, seen, random.nextInt(NEWS))) {
        server.kill();
        kills++;
        more--;
        server = ServerProcess.start(folder);
      }
      FlowHttpClient.of(server.url()).blocking().follow(jobId, 0, news -> {});
      server.kill();
    }
    try (TestServer server = TestServer.start(TestServer.lasting(folder).build())) {
      for (String jobId : jobs) {
        assertThat(server.ended(jobId)).as("seed %d", seed).containsEntry("status", "success");
        assertThat(result(server, jobId))
            .as("seed %d", seed)
            .isEqualTo(result(server, undisturbed));
        JobMoments.startsOncePerAttempt(server.server().site(), jobId);
      }
    }
  }

  private static Map<String, Object> conf() {
    return TestJobs.with(TestJobs.demoConf(ITERATIONS), 7, "job_parameters", "seed");
  }

  private static Map<String, String> result(TestServer server, String jobId) throws Exception {
    Map<String, String> all = JobResult.of(server.server().site(), jobId);
    assertThat(all).hasSizeGreaterThan(PARTIES);
    return all;
  }
}
