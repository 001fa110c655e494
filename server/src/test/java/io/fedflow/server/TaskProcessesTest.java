package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.TaskRow;
import io.fedflow.spi.TaskQuery;
import io.fedflow.transport.client.JobFollowing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose tasks run in processes. */
@Timeout(180)
class TaskProcessesTest {

  private static final List<String> MODELS =
      List.of("dataio_0", "hetero_feature_binning_0", "hetero_feature_selection_0", "hetero_lr_0");

  @TempDir Path folder;
  @TempDir Path other;

  private static TestServer withProcesses(Path folder) throws StartupFailure {
    return TestServer.start(
        TestServer.options(folder).tasks(TaskPlace.processes().withMemory("256m")).build());
  }

  private static Map<String, Object> conf(int iterations) {
    return TestJobs.with(TestJobs.demoConf(iterations), 7, "job_parameters", "seed");
  }

  @Test
  void aJob_givesTheSameModelsAndMetricsAsOnThreads() throws Exception {
    List<Object> onThreads;
    try (TestServer server = TestServer.standalone(folder).withDemoTables()) {
      onThreads = learned(server);
    }
    try (TestServer server = withProcesses(other).withDemoTables()) {
      assertThat(learned(server)).isEqualTo(onThreads);
      assertThat(workers()).isEmpty();
    }
  }

  private static List<Object> learned(TestServer server) throws Exception {
    Map<String, Object> end = server.run(TestJobs.demoDsl(), conf(2));
    assertThat(end).containsEntry("status", "success");
    String jobId = String.valueOf(end.get("job_id"));
    List<Object> learned = new ArrayList<>();
    for (String component : MODELS) {
      learned.add(server.blocking().outputModel(TestServer.guest(jobId, component)).get("data"));
    }
    learned.add(server.metrics(jobId));
    return learned;
  }

  @Test
  void tasksWhoseWorkersAreKilled_areStartedAgain() throws Exception {
    try (TestServer server = withProcesses(folder).withDemoTables()) {
      String jobId = trainingJob(server, conf(12));
      workers().forEach(ProcessHandle::destroyForcibly);
      assertThat(server.ended(jobId)).containsEntry("status", "success");
      assertThat(attempts(server, jobId))
          .filteredOn(row -> row.task().version() == 0 && row.lost())
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.cause()).contains("worker process exited with 137"));
    }
  }

  private static List<TaskRow> attempts(TestServer server, String jobId) throws Exception {
    return server
        .server()
        .site()
        .tracking()
        .tasks(
            new TaskQuery(
                List.of(jobId),
                List.of("hetero_lr_0"),
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                false,
                0,
                100))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void aStoppedJob_leavesNoProcess() throws Exception {
    try (TestServer server = withProcesses(folder).withDemoTables()) {
      String jobId = trainingJob(server, conf(10_000));
      assertThat(workers()).isNotEmpty();
      server.blocking().stop(jobId);
      assertThat(server.ended(jobId)).containsEntry("status", "canceled");
      for (ProcessHandle worker : workers()) {
        worker.onExit().get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** Submits a job and waits until it trains. */
  private static String trainingJob(TestServer server, Map<String, Object> conf) throws Exception {
    String jobId = server.blocking().submit(TestJobs.demoDsl(), conf).jobId();
    CompletableFuture<Void> training = new CompletableFuture<>();
    try (JobFollowing following =
        server
            .client()
            .follow(
                jobId,
                0,
                news -> {
                  if ("loss".equals(news.data().get("name"))) {
                    training.complete(null);
                  }
                })) {
      following
          .ended()
          .whenComplete(
              (end, failed) ->
                  training.completeExceptionally(
                      new AssertionError("ended before it trained: " + end)));
      training.get(120, TimeUnit.SECONDS);
    }
    return jobId;
  }

  /** Java processes that this one started: nothing else here starts any. */
  private static List<ProcessHandle> workers() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> child.info().command().filter(path -> path.endsWith("java")).isPresent())
        .toList();
  }
}
