package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.queue.JobEvent;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.OutputData;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.ClientOptions;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobFollowing;
import io.fedflow.transport.client.JobNews;
import io.fedflow.transport.client.Submission;
import io.fedflow.transport.http.fake.Rows;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClientTest {

  private static final ComponentAt LR = new ComponentAt("j1", "lr_0", "guest", "9999");

  @TempDir Path folder;
  EdgeFixture edge;
  FlowHttpClient async;
  BlockingFlowClient client;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder.resolve("staging"), options -> options);
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.RUNNING));
    edge.site.tracking.tasks.add(Rows.task("j1", "lr_0", Rows.GUEST, TaskStatus.RUNNING));
    edge.site.pipelines.plans.put("j1", Rows.plan());
    async = FlowHttpClient.of("http://127.0.0.1:" + edge.port + "/");
    client = async.blocking();
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void everyQuestion_isAnswered() throws Exception {
    edge.site.tracking.summaries.put("j1_lr_0_0@guest:9999", Map.of("auc", 0.9));
    edge.site.tracking.outputs.put(
        "j1_lr_0_0@guest:9999", List.of(new OutputData("train", "ns", "t", 2)));
    edge.site.data.store(StoreRequest.upload("ns", "t"), Rows.instances());
    edge.site.tracking.lines.add(
        new LogLine("j1", Rows.GUEST, "lr_0", 1, 1, LogLine.Level.INFO, "hello"));
    assertThat(client.submit(Map.of(), Map.of("a", 1)))
        .isEqualTo(
            new Submission(
                "2026",
                "m#1",
                "2026",
                "http://127.0.0.1:" + edge.port + "/#/job/2026?role=guest&party_id=9999",
                "success"));
    assertThat(client.jobQuery(Map.of("job_id", "j1"))).hasSize(1);
    assertThat(client.taskQuery(Map.of("job_id", "j1"))).hasSize(1);
    assertThat(client.job("j1")).containsEntry("status", "running");
    assertThat(client.jobs(5)).containsKey("jobs");
    assertThat(client.explain("j1")).containsEntry("job_id", "j1").containsKey("waits");
    assertThat(client.config("j1")).containsKey("dsl");
    assertThat(client.components("j1")).containsKey("components");
    assertThat(client.metrics(LR)).isEmpty();
    assertThat(client.parameters(LR)).containsEntry("module", "HeteroLR");
    assertThat(client.outputModel(LR)).isEmpty();
    assertThat(client.summary(LR)).containsEntry("auc", 0.9);
    assertThat(client.outputData(LR)).containsKeys("data", "meta");
    assertThat(client.log("j1", "guest", "9999", "", "INFO", 0)).containsEntry("last", 1);
    assertThat(client.table("ns", "t")).containsEntry("exist", 1);
    assertThat(client.version()).containsKey("FATE");
    assertThat(client.stop("j1")).contains("success");
    Path logs = client.downloadLogs("j1", folder.resolve("logs.tar.gz"));
    assertThat(Archives.read(Files.readAllBytes(logs))).containsKey("guest/9999/INFO.log");
    Path rows = client.downloadOutput(LR, folder.resolve("rows.tar.gz"));
    assertThat(Archives.read(Files.readAllBytes(rows))).containsKey("train.csv");
  }

  @Test
  void uploads_stream() throws Exception {
    Path file = Files.writeString(folder.resolve("a b\"c.csv"), "id,x\n" + "1,2\n".repeat(50_000));
    Map<String, Object> settings =
        Map.of("namespace", "100% & more", "table_name", "t", "head", 1, "partition", 4);
    assertThat(client.upload(file, settings).jobId()).isEqualTo("2026");
    assertThat(edge.site.pipelines.submitted.get(0).conf().toString()).contains("100% & more");
    assertThatThrownBy(() -> client.upload(folder.resolve("none.csv"), settings))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("none.csv");
  }

  @Test
  void refusals_carryWordsAndProblems() {
    edge.site.pipelines.onSubmit =
        documents ->
            CompletableFuture.failedFuture(
                new ProblemsException(
                    List.of(new Problem("dsl/components", "is empty", "{}", "one component"))));
    assertThatThrownBy(() -> client.submit(Map.of(), Map.of()))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        new Problem("dsl/components", "is empty", "{}", "one component")));
    assertThatThrownBy(() -> client.job("nope"))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("does not know the job");
    Path target = folder.resolve("x.tar.gz");
    assertThatThrownBy(() -> client.downloadLogs("nope", target))
        .isInstanceOf(FedflowException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void absentServers_areNamedWithARemedy() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> FlowHttpClient.of("http://127.0.0.1:" + free).blocking().version())
        .isInstanceOfSatisfying(
            FedflowException.class,
            e -> {
              assertThat(e.code()).isEqualTo("server.unreachable");
              assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE);
              assertThat(e).hasMessageContaining("127.0.0.1:" + free).hasMessageContaining("start");
            });
    assertThatThrownBy(() -> ClientOptions.of("localhost:9380"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void silentServers_timeOut() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      ClientOptions options =
          new ClientOptions(
              URI.create("http://127.0.0.1:" + silent.getLocalPort()),
              Duration.ofSeconds(2),
              Duration.ofMillis(200),
              Duration.ofMillis(200),
              0);
      assertThatThrownBy(() -> new FlowHttpClient(options).blocking().version())
          .isInstanceOfSatisfying(
              FedflowException.class, e -> assertThat(e.code()).isEqualTo("server.slow"));
    }
  }

  @Test
  void following_endsWithTheJob() throws Exception {
    emit(1, "running");
    List<JobNews> seen = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> first = new CompletableFuture<>();
    JobFollowing following =
        async.follow(
            "j1",
            0,
            news -> {
              seen.add(news);
              first.complete(null);
            });
    first.get(20, TimeUnit.SECONDS);
    emit(2, "success");
    JobNews end = following.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(end.type()).isEqualTo("end");
    assertThat(end.data()).containsEntry("job_id", "j1");
    assertThat(seen).extracting(JobNews::type).containsExactly("state", "state", "end");
    assertThat(seen).extracting(JobNews::sequence).containsExactly(1L, 2L, 0L);
  }

  @Test
  void following_survivesARestart() throws Exception {
    emit(1, "running");
    List<Long> seen = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> first = new CompletableFuture<>();
    JobFollowing following =
        async.follow(
            "j1",
            0,
            news -> {
              seen.add(news.sequence());
              first.complete(null);
            });
    first.get(20, TimeUnit.SECONDS);
    EdgeFixture.await(edge.edge.close());
    emit(2, "success");
    HttpEdge again =
        new HttpEdge(
            edge.site,
            edge.codec,
            HttpEdgeOptions.builder(folder.resolve("again"))
                .listen("127.0.0.1", edge.port)
                .build());
    EdgeFixture.await(again.start(edge.vertx));
    following.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(seen).containsExactly(1L, 2L, 0L);
    EdgeFixture.await(again.close());
  }

  @Test
  void following_aSilentConnection_isGivenUp() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      ClientOptions options =
          new ClientOptions(
              URI.create("http://127.0.0.1:" + server.getLocalPort()),
              Duration.ofSeconds(5),
              Duration.ofSeconds(20),
              Duration.ofMillis(300),
              0);
      JobFollowing following = new FlowHttpClient(options).follow("j1", 0, news -> {});
      try (Socket accepted = server.accept()) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
        accepted.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> following.ended().toCompletableFuture().get(20, TimeUnit.SECONDS))
            .hasRootCauseInstanceOf(FedflowException.class)
            .hasMessageContaining("cut the events");
      }
    }
  }

  @Test
  void following_anUnknownJob_fails() {
    assertThatThrownBy(() -> client.follow("nope", 0, news -> {}))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("does not know");
  }

  @Test
  void following_canBeLeft() {
    JobFollowing following = async.follow("j1", 0, news -> {});
    following.close();
    assertThatThrownBy(() -> following.ended().toCompletableFuture().get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(FedflowException.class);
  }

  private void emit(long sequence, String status) {
    edge.site.queue.emit(
        new JobEvent("j1", sequence, 1, Rows.GUEST, "job.status", "", Map.of("status", status)));
  }
}
