package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.TrackingManager.TaskNews;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventsTest {

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge =
        new EdgeFixture(
            folder, options -> options.heartbeat(Duration.ofMillis(200)).streams(2, 200_000));
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.RUNNING));
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.HOST, JobStatus.RUNNING));
    edge.site.tracking.jobs.add(Rows.job("done", Rows.GUEST, JobStatus.FAILED));
    edge.site.tracking.tasks.add(Rows.task("j1", "lr_0", Rows.GUEST, TaskStatus.RUNNING));
    edge.site.pipelines.plans.put("j1", Rows.plan());
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void storedEventsComeFirst_thenLiveOnes_thenTheEnd() throws Exception {
    emit("j1", 1, Rows.GUEST, "running");
    emit("j1", 2, Rows.HOST, "running");
    try (Reader reader = open("/fedflow/v1/jobs/j1/events", "")) {
      assertThat(reader.next().id()).isEqualTo("1");
      assertThat(reader.next().id()).isEqualTo("2");
      reader.untilAlive();
      emit("j1", 3, Rows.GUEST, "success");
      emit("j1", 4, Rows.HOST, "success");
      Event third = reader.next();
      assertThat(third.type()).isEqualTo("state");
      assertThat(third.data())
          .contains("\"role\":\"guest\"")
          .contains("\"kind\":\"job.status\"")
          .contains("\"status\":\"success\"");
      assertThat(reader.next().id()).isEqualTo("4");
      Event end = reader.next();
      assertThat(end.type()).isEqualTo("end");
      assertThat(end.data()).contains("\"job_id\":\"j1\"").contains("\"status\":");
      assertThat(reader.next()).isNull();
    }
    assertThat(edge.site.queue.followers).isEmpty();
    assertThat(edge.site.tracking.followers).isEmpty();
  }

  @Test
  void newsOfTasks_flowBesideThem() throws Exception {
    TaskId task = new TaskId("j1", "lr_0", 0);
    try (Reader reader = open("/fedflow/v1/jobs/j1/events", "")) {
      reader.untilAlive();
      news(
          new TaskNews.Logged(
              new LogLine("j1", Rows.GUEST, "lr_0", 0, 5, LogLine.Level.INFO, "a\nb<script>")));
      news(
          new TaskNews.Measured(
              new MetricValue(task, Rows.GUEST, "train", "loss", 3, Double.NaN, 5)));
      news(new TaskNews.Progressed(task, Rows.GUEST, 0.5, "iteration 3 of 6"));
      Event log = reader.next();
      assertThat(log.type()).isEqualTo("log");
      assertThat(log.data()).contains("\"text\":\"a\\nb<script>\"");
      Event metric = reader.next();
      assertThat(metric.type()).isEqualTo("metric");
      assertThat(metric.data()).contains("\"key\":3,\"value\":NaN");
      Event progress = reader.next();
      assertThat(progress.type()).isEqualTo("progress");
      assertThat(progress.data()).contains("\"fraction\":0.5").contains("\"component\":\"lr_0\"");
    }
  }

  @Test
  void lastEventId_winsOverAfter() throws Exception {
    for (int i = 1; i <= 1200; i++) {
      emit("j1", i, Rows.GUEST, "running");
    }
    try (Reader reader = open("/fedflow/v1/jobs/j1/events?after=1198", "")) {
      assertThat(reader.next().id()).isEqualTo("1199");
    }
    try (Reader reader = open("/fedflow/v1/jobs/j1/events?after=1", "Last-Event-ID: 1199\r\n")) {
      assertThat(reader.next().id()).isEqualTo("1200");
    }
    try (Reader reader = open("/fedflow/v1/jobs/j1/events", "")) {
      for (int i = 1; i <= 1200; i++) {
        assertThat(reader.next().id()).isEqualTo(String.valueOf(i));
      }
    }
  }

  @Test
  void aJobThatEndedBefore_isReplayedAndEnds() throws Exception {
    emit("done", 1, Rows.GUEST, "running");
    emit("done", 2, Rows.GUEST, "failed");
    try (Reader reader = open("/fedflow/v1/jobs/done/events?after=1", "")) {
      assertThat(reader.next().id()).isEqualTo("2");
      Event end = reader.next();
      assertThat(end.type()).isEqualTo("end");
      assertThat(end.data()).contains("\"status\":\"failed\"").contains("no such column");
    }
  }

  @Test
  void aSlowReader_isDroppedWithAWord() throws Exception {
    try (Reader reader = open("/fedflow/v1/jobs/j1/events", "")) {
      reader.untilAlive();
      String text = "x".repeat(9_000);
      while (!edge.site.tracking.followers.isEmpty()) {
        news(
            new TaskNews.Logged(
                new LogLine("j1", Rows.GUEST, "lr_0", 0, 5, LogLine.Level.INFO, text)));
      }
      Event last = null;
      for (Event event = reader.next(); event != null; event = reader.next()) {

        last = event;
      }
      assertThat(last).isNotNull();
      assertThat(last.type()).isEqualTo("dropped");
    }
  }

  @Test
  void unknownJobsAndTooManyReaders_areRefused() throws Exception {
    assertThat(edge.get("/fedflow/v1/jobs/x/events").status()).isEqualTo(404);
    assertThat(edge.get("/fedflow/v1/jobs/j1/events?after=abc").status()).isEqualTo(400);
    try (Reader one = open("/fedflow/v1/jobs/j1/events", "");
        Reader two = open("/fedflow/v1/jobs/j1/events", "")) {
      one.untilAlive();
      two.untilAlive();
      assertThat(edge.get("/fedflow/v1/jobs/j1/events").status()).isEqualTo(429);
    }
  }

  @Test
  void closing_tellsReaders() throws Exception {
    try (Reader reader = open("/fedflow/v1/jobs/j1/events", "")) {
      reader.untilAlive();
      edge.close();
      assertThat(reader.next().type()).isEqualTo("closing");
      assertThat(reader.next()).isNull();
    }
    start();
  }

  @Test
  void jobPages_tellPartiesTasksAndGraph() {
    Reply list = edge.get("/fedflow/v1/jobs?limit=10");
    assertThat(list.text())
        .contains("\"job_id\":\"j1\"")
        .contains("\"slots\":{")
        .contains("\"waiting\":[\"w1\"]");
    assertThat((List<?>) list.map().get("jobs")).hasSize(2);
    assertThat(edge.get("/fedflow/v1/jobs?status=nope").status()).isEqualTo(400);
    assertThat(edge.get("/fedflow/v1/jobs?limit=x").status()).isEqualTo(400);
    Reply job = edge.get("/fedflow/v1/jobs/j1");
    assertThat(job.map()).containsKeys("parties", "tasks", "dsl", "conf", "status");
    assertThat(job.map().get("graph"))
        .isEqualTo(
            Map.of(
                "nodes",
                List.of(
                    Map.of(
                        "component",
                        "reader_0",
                        "module",
                        "Reader",
                        "stage",
                        0,
                        "parties",
                        List.of("guest:9999")),
                    Map.of(
                        "component",
                        "lr_0",
                        "module",
                        "HeteroLR",
                        "stage",
                        1,
                        "parties",
                        ((Map<?, ?>)
                                ((List<?>) ((Map<?, ?>) job.map().get("graph")).get("nodes"))
                                    .get(1))
                            .get("parties"))),
                "edges",
                List.of(
                    Map.of("from", "reader_0", "to", "lr_0", "kind", "data"),
                    Map.of("from", "reader_0", "to", "lr_0", "kind", "model"))));
    assertThat(edge.get("/fedflow/v1/jobs/x").status()).isEqualTo(404);
    assertThat(edge.get("/fedflow/v1/jobs/done").text()).contains("no such column");
  }

  @Test
  void logPages_filterAndContinue() {
    for (int i = 1; i <= 5; i++) {
      edge.site.tracking.lines.add(
          new LogLine(
              "j1",
              Rows.GUEST,
              i % 2 == 0 ? "lr_0" : "",
              i,
              i,
              i == 4 ? LogLine.Level.ERROR : LogLine.Level.INFO,
              "line " + i));
    }
    String path = "/fedflow/v1/jobs/j1/parties/guest/9999/log";
    assertThat(edge.get(path + "?after=3").map()).containsEntry("last", 5);
    assertThat(edge.get(path + "?component=lr_0&level=error").text())
        .contains("line 4")
        .doesNotContain("line 2");
    assertThat((List<?>) edge.get(path + "?limit=2").map().get("lines")).hasSize(2);
    assertThat(edge.get(path + "?level=loud").status()).isEqualTo(400);
    assertThat(edge.get(path + "?after=-1").status()).isEqualTo(400);
    assertThat(edge.get("/fedflow/v1/jobs/j1/parties/..%2f/x/log").status()).isIn(400, 404);
  }

  @Test
  void health_tellsLifeReadinessAndStart() {
    assertThat(edge.get("/health/live").status()).isEqualTo(200);
    assertThat(edge.get("/health/ready").status()).isEqualTo(200);
    assertThat(edge.get("/health/startup").map()).containsEntry("done", true);
  }

  @Test
  void page_isSelfContained() {
    Reply page = edge.get("/");
    assertThat(page.raw().headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .contains("script-src 'sha256-")
        .doesNotContain("unsafe");
    assertThat(page.text())
        .doesNotContain("innerHTML")
        .doesNotContainPattern("(src|href)=[\"']https?:")
        .doesNotContain("style=\"")
        .doesNotContainPattern("\\son[a-z]+=\"");
  }

  private void emit(String job, long sequence, Party party, String status) {
    edge.site.queue.emit(
        new JobEvent(job, sequence, 9, party, "job.status", "", Map.of("status", status)));
  }

  private void news(TaskNews news) {
    edge.site.tracking.followers.forEach(follower -> follower.accept(news));
  }

  private Reader open(String path, String headers) throws Exception {
    Socket socket = new Socket("127.0.0.1", edge.port);
    socket.setSoTimeout(20_000);
    String request = "GET " + path + " HTTP/1.0\r\nHost: x\r\n" + headers + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return new Reader(socket);
  }

  private record Event(String id, String type, String data) {}

  /** Reads events off a bare socket, so that nothing buffers in between. */
  private static final class Reader implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    Reader(Socket socket) throws Exception {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        assertThat(line).doesNotContainPattern("^HTTP/\\S+ 500");
      }
    }

    /** Waits for a sign of life: what was subscribed before is in place then. */
    void untilAlive() throws Exception {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(": alive")) {
          in.readLine();
          return;
        }
      }
      throw new AssertionError("the stream ended");
    }

    /** The next event, or null at the end. */
    Event next() throws Exception {
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          lines.add(line);
        } else if (lines.stream().anyMatch(l -> l.startsWith("event: "))) {
          return new Event(field(lines, "id: "), field(lines, "event: "), field(lines, "data: "));
        } else {
          lines.clear();
        }
      }
      return null;
    }

    private static String field(List<String> lines, String name) {
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()))
          .findFirst()
          .orElse("");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
