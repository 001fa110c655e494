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

  @Test
  void aJob_canBeApprovedForAParty() {
    Map<String, Object> host = Map.of("role", "host", "party_id", 10000);
    assertThat(edge.post("/fedflow/v1/jobs/j1/approve", host).status()).isEqualTo(200);
    assertThat(edge.site.pipelines.approved).containsExactly("j1 host:10000");
    Reply refused = edge.post("/fedflow/v1/jobs/j1/approve", Map.of("role", "host"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.retmsg()).contains("party_id");
  }

  @Test
  void aJob_canBeRejectedForAParty() {
    Map<String, Object> host =
        Map.of("role", "host", "party_id", 10000, "reason", "not this quarter");
    assertThat(edge.post("/fedflow/v1/jobs/j1/reject", host).status()).isEqualTo(200);
    assertThat(edge.site.pipelines.approved)
        .containsExactly("j1 host:10000 rejected by client at 127.0.0.1: not this quarter");
    assertThat(edge.post("/fedflow/v1/jobs/j1/reject", Map.of()).status()).isEqualTo(400);
  }

  @Test
  void theReviewOfAnUnknownJob_isNotFound() {
    Reply reply = edge.get("/fedflow/v1/jobs/j9/review");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.retmsg()).contains("does not know job j9");
  }

  @Test
  void theQueue_showsAndChangesItsSlots() {
    Map<String, Object> queue = edge.get("/fedflow/v1/queue").map();
    assertThat(queue)
        .containsEntry("capacity", 3)
        .containsEntry("held", 2)
        .containsEntry("free", 1)
        .containsEntry(
            "holders",
            List.of(
                Map.of(
                    "job_id", "r1", "slots", 2, "running", true, "yield_asked", false, "since", 5)))
        .containsEntry(
            "waiters", List.of(Map.of("job_id", "w1", "slots", 3, "priority", 7, "since", 12)));
    assertThat(edge.post("/fedflow/v1/queue/slots", Map.of("slots", 9)).map())
        .containsEntry("capacity", 9);
    Reply refused = edge.post("/fedflow/v1/queue/slots", Map.of("slots", 0));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.retmsg()).contains("slots").contains("0").contains("1..");
    assertThat(edge.post("/fedflow/v1/queue/slots", Map.of()).status()).isEqualTo(400);
    assertThat(edge.site.queue.capacity()).isEqualTo(9);
  }
}
