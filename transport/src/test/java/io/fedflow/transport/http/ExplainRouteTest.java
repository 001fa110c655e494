package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.Wait;
import io.fedflow.job.Wait.Cause;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExplainRouteTest {

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void everyReason_standsInItsOwnFields() {
    edge.site.pipelines.onExplain =
        jobId ->
            CompletableFuture.completedStage(
                List.of(
                    new Wait(
                        jobId, "", Cause.PEER_UNREACHABLE, Rows.HOST, 7, "no answer", "start it"),
                    new Wait(jobId, "lr_0", Cause.UPSTREAM, null, 8, "waits", "none")));
    Reply reply = edge.get("/fedflow/v1/jobs/j1/explain");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.map()).containsEntry("job_id", "j1");
    assertThat(reply.map().get("waits"))
        .isEqualTo(
            List.of(
                Map.of(
                    "component", "",
                    "cause", "peer_unreachable",
                    "role", Rows.HOST.role().name(),
                    "party_id", Rows.HOST.id(),
                    "since", 7,
                    "text", "no answer",
                    "remedy", "start it"),
                Map.of(
                    "component", "lr_0",
                    "cause", "upstream",
                    "role", "",
                    "party_id", "",
                    "since", 8,
                    "text", "waits",
                    "remedy", "none")));
  }

  @Test
  void anUnknownJob_isNotFound() {
    edge.site.pipelines.onExplain =
        jobId ->
            CompletableFuture.failedStage(
                FedflowException.invalid("job.unknown", "this site does not know job " + jobId));
    Reply reply = edge.get("/fedflow/v1/jobs/j1/explain");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.retmsg()).contains("does not know job j1");
  }

  @Test
  void theQueue_canBePausedAndResumed() {
    assertThat(edge.get("/fedflow/v1/jobs").map()).containsEntry("paused", false);
    assertThat(edge.post("/fedflow/v1/queue/pause", Map.of()).map()).containsEntry("paused", true);
    assertThat(edge.get("/fedflow/v1/jobs").map()).containsEntry("paused", true);
    assertThat(edge.post("/fedflow/v1/queue/resume", Map.of()).map())
        .containsEntry("paused", false);
    assertThat(edge.site.queue.paused()).isFalse();
  }
}
