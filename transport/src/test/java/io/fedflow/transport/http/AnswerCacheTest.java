package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.job.JobStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.Stores;
import io.fedflow.tracking.JobVersions;
import io.fedflow.tracking.MetricValue;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers about one job are given again until something of it is written. */
class AnswerCacheTest {

  private static final Map<String, Object> ONE = Map.of("job_id", "j1");

  @TempDir Path folder;
  private final JobVersions versions = new JobVersions();
  private EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options.jobVersions(versions));
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.RUNNING));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private Reply query(Object arguments) {
    return edge.post("/v1/job/query", arguments);
  }

  private void broken(Throwable failure) {
    edge.site.tracking.instead = failure == null ? null : CompletableFuture.failedFuture(failure);
  }

  private void write(String jobId) {
    try (Stores stores = versions.watching(MemoryStores.create())) {
      stores
          .tracking()
          .putSummary(new TaskId(jobId, "lr_0", 0), Rows.GUEST, Map.of())
          .toCompletableFuture()
          .join();
    }
  }

  @Test
  void sameQuestion_isNotReadAgain() {
    Reply first = query(ONE);
    assertThat(first.text()).contains("\"f_status\":\"running\"");
    broken(new IllegalStateException("read again"));
    Reply second = query(ONE);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.raw().headers().map())
        .containsKeys("x-request-id", "content-type", "x-content-type-options");
  }

  @Test
  void writes_endIt() {
    query(ONE);
    edge.site.tracking.jobs.set(0, Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS));
    assertThat(query(ONE).text()).contains("running");
    write("j1");
    assertThat(query(ONE).text()).contains("\"f_status\":\"success\"");
  }

  @Test
  void failuresAndOtherQuestions_areNotKept() {
    broken(new IllegalStateException("down"));
    assertThat(query(ONE).retcode()).isEqualTo(100);
    broken(null);
    assertThat(query(ONE).retcode()).isZero();
    for (Object other :
        List.of(
            Map.of("job_id", List.of("j1")),
            Map.of("status", "running"),
            Map.of("job_id", "j1", "role", "guest"))) {
      broken(new IllegalStateException("asked"));
      assertThat(query(other).retcode()).as(other.toString()).isEqualTo(100);
      broken(null);
    }
    query(Map.of("status", "running"));
    broken(new IllegalStateException("asked"));
    assertThat(query(Map.of("status", "running")).retcode()).as("several jobs").isEqualTo(100);
  }

  @Test
  void whatChangesSomething_isDoneEveryTime() {
    for (int time = 0; time < 2; time++) {
      edge.site.tracking.values.add(
          new MetricValue(new TaskId("j1", "lr_0", 0), Rows.GUEST, "train", "loss", 0, 0.5, 1));
      assertThat(edge.post("/v1/tracking/component/metric/delete", ONE).retcode()).isZero();
      assertThat(edge.site.tracking.values).isEmpty();
    }
  }

  @Test
  void formsThatLookTheSame_areReadAsForms() {
    query(ONE);
    broken(new IllegalStateException("read"));
    assertThat(
            edge.postText(
                    "/v1/job/query", edge.codec.write(ONE), "application/x-www-form-urlencoded")
                .retcode())
        .isEqualTo(100);
  }
}
