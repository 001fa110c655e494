package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobFollowing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as a process of its own: signals, crashes, exit codes. */
class ServerProcessTest {

  private static final int SIGTERM_EXIT = 128 + 15;

  @TempDir Path folder;

  @Test
  void aRequestToEndLetsARunningJobEndFirst() throws Exception {
    tables();
    ServerProcess server = ServerProcess.start(folder, "--drain-seconds", "60");
    String jobId = trainingJob(server, 3);

    server.process().destroy();

    assertThat(server.exitCode()).isEqualTo(SIGTERM_EXIT);
    try (TestServer again = TestServer.standalone(folder)) {
      assertThat(again.blocking().job(jobId)).containsEntry("status", "success");
    }
  }

  @Test
  void aJobThatWasLiveInACrashFailsAtTheNextStartAndSaysWhy() throws Exception {
    tables();
    ServerProcess server = ServerProcess.start(folder);
    String jobId = trainingJob(server, 10_000);

    server.process().destroyForcibly();
    server.exitCode();

    try (TestServer again = TestServer.standalone(folder)) {
      Map<String, Object> end = again.ended(jobId);
      assertThat(end).containsEntry("status", "failed");
      assertThat(end.get("cause").toString()).contains("restarted");
      assertThat(again.run(TestJobs.demoDsl(), TestJobs.demoConf(1)))
          .containsEntry("status", "success");
    }
  }

  @Test
  void aFailedStartIsOneLineAndACodeThatIsNotZero() throws Exception {
    try (TestServer first = TestServer.standalone(folder)) {
      assertThat(first.server().httpPort()).isPositive();
      ServerProcess second = ServerProcess.start(folder);

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.url()).isEmpty();
    }
  }

  private void tables() throws Exception {
    try (TestServer server = TestServer.standalone(folder)) {
      server.withDemoTables();
    }
  }

  /** Submits the demo's job and waits until it trains. */
  private static String trainingJob(ServerProcess server, int iterations) throws Exception {
    FlowHttpClient client = FlowHttpClient.of(server.url());
    String jobId =
        client.blocking().submit(TestJobs.demoDsl(), TestJobs.demoConf(iterations)).jobId();
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

  /**
   * The process and where clients find it.
   *
   * @param url empty if it did not start
   */
  private record ServerProcess(Process process, String url) {

    static ServerProcess start(Path folder, String... more) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "server",
                  "--http-port",
                  "0",
                  "--data-dir",
                  folder.toString()));
      command.addAll(List.of(more));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      return new ServerProcess(
          process, line == null ? "" : line.substring(line.indexOf("http://")));
    }

    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }
  }
}
