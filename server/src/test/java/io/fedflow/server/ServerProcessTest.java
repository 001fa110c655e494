package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FedflowException;
import io.fedflow.model.ModelFile;
import io.fedflow.party.Party;
import io.fedflow.storage.postgres.TestPostgres;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobFollowing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as a process of its own: signals, crashes, exit codes. */
class ServerProcessTest {

  private static final int SIGTERM_EXIT = 128 + 15;
  private static final String LR = "hetero_lr_0";

  /** Enough to be in the middle when the server is killed at the first loss. */
  private static final int ITERATIONS = 8;

  @TempDir Path folder;

  @Test
  void aRequestToEndLetsARunningJobEndFirst() throws Exception {
    tables();
    ServerProcess server = ServerProcess.start(folder, "--drain-seconds", "60");
    String jobId = trainingJob(server, TestJobs.demoConf(3));

    server.process().destroy();

    assertThat(server.exitCode()).isEqualTo(SIGTERM_EXIT);
    try (TestServer again = TestServer.start(TestServer.lasting(folder).build())) {
      assertThat(again.blocking().job(jobId)).containsEntry("status", "success");
    }
  }

  @Test
  void aSecondRequestToEndDoesNotWaitForTheRunningJob() throws Exception {
    tables();
    ServerProcess server = ServerProcess.start(folder, "--drain-seconds", "600");
    String jobId = trainingJob(server, TestJobs.demoConf(500));
    BlockingFlowClient client = FlowHttpClient.of(server.url()).blocking();

    server.signal("TERM");

    awaitRefused(client);
    assertThat(server.process().isAlive()).isTrue();
    assertThat(client.job(jobId)).containsEntry("status", "running");
    // Not SIGINT: a process started in the background ignores it, and so do its own.
    server.signal("TERM");
    assertThat(server.exitCode()).isEqualTo(SIGTERM_EXIT);
    // It did end in the middle: what was running goes on.
    try (TestServer again = TestServer.start(TestServer.lasting(folder).build())) {
      assertThat(again.blocking().job(jobId)).containsEntry("status", "running");
    }
  }

  /** Asks until the signal was seen: jobs that come before it are accepted. */
  private static void awaitRefused(BlockingFlowClient client) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      try {
        client.stop(client.submit(TestJobs.demoDsl(), TestJobs.demoConf(1)).jobId());
      } catch (FedflowException refused) {
        assertThat(refused).hasMessageContaining("the server is going down");
        return;
      }
    }
    throw new AssertionError("jobs are still accepted a minute after the signal");
  }

  @Test
  void aJobThatWasLiveInACrashGoesOnAtTheNextStartToTheSameModels() throws Exception {
    goesOn(TestServer.lasting(folder).build());
  }

  @Test
  void aJobGoesOnFromADatabaseToo() throws Exception {
    String database = TestPostgres.freshDatabase();
    goesOn(TestServer.lasting(folder).database(database).build(), "--database", database);
  }

  private void goesOn(ServerOptions options, String... more) throws Exception {
    String undisturbed;
    try (TestServer server = TestServer.start(options).withDemoTables()) {
      Map<String, Object> end = server.run(TestJobs.demoDsl(), seeded(ITERATIONS));
      assertThat(end).containsEntry("status", "success");
      undisturbed = String.valueOf(end.get("job_id"));
    }
    ServerProcess crashing = ServerProcess.start(folder, more);
    String jobId = trainingJob(crashing, seeded(ITERATIONS));
    crashing.process().destroyForcibly();
    crashing.exitCode();

    try (TestServer again = TestServer.start(options)) {
      assertThat(again.ended(jobId)).containsEntry("status", "success");
      assertThat(again.metrics(jobId)).isEqualTo(again.metrics(undisturbed));
      for (Party party : List.of(Party.of("guest", "9999"), Party.of("host", "10000"))) {
        assertThat(lr(again, jobId, party)).isEqualTo(lr(again, undisturbed, party));
      }
      var trained =
          Await.result(
              again.server().site().tracking().latest(jobId, LR, Party.of("guest", "9999")));
      assertThat(trained.orElseThrow().task().version()).isEqualTo(1);
    }
  }

  private static byte[] lr(TestServer server, String jobId, Party party) {
    return ModelFile.write(server.server().site().models().load(jobId, party, LR).orElseThrow());
  }

  private static Map<String, Object> seeded(int iterations) {
    return TestJobs.with(TestJobs.demoConf(iterations), 7, "job_parameters", "seed");
  }

  @Test
  void aFailedStartIsOneLineAndACodeThatIsNotZero() throws Exception {
    try (TestServer first = TestServer.start(TestServer.lasting(folder).build())) {
      assertThat(first.server().httpPort()).isPositive();
      ServerProcess second = ServerProcess.start(folder);

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.url()).isEmpty();
    }
  }

  private void tables() throws Exception {
    try (TestServer server = TestServer.start(TestServer.lasting(folder).build())) {
      server.withDemoTables();
    }
  }

  /** Submits the demo's job and waits until it trains. */
  private static String trainingJob(ServerProcess server, Map<String, Object> conf)
      throws Exception {
    FlowHttpClient client = FlowHttpClient.of(server.url());
    String jobId = client.blocking().submit(TestJobs.demoDsl(), conf).jobId();
    CompletableFuture<Void> training = new CompletableFuture<>();
    try (JobFollowing following =
        client.follow(
            jobId,
            0,
            news -> {
              if ("loss".equals(news.data().get("name"))) {
                training.complete(null);
              }
            })) {
      assertThat(following.ended().toCompletableFuture().isDone()).isFalse();
      training.get(60, TimeUnit.SECONDS);
    }
    return jobId;
  }
}
