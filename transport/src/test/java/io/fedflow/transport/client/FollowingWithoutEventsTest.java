package io.fedflow.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.RecordingServer.Arrived;
import io.fedflow.transport.client.RecordingServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job at a server that has FATE's routes only is followed by asking for its status. */
@Timeout(60)
class FollowingWithoutEventsTest {

  /** FATE's server says so with HTTP 200. */
  private static final Reply NO_ROUTE =
      Reply.json(200, "{\"retcode\":100,\"retmsg\":\"<NotFound '404: Not Found'>\"}");

  private final RecordingServer server = new RecordingServer();
  private final FlowHttpClient client = FlowHttpClient.of("http://127.0.0.1:" + server.port());
  private final List<JobNews> seen = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  /** The host's record may end before the initiator's, whose status counts. */
  @Test
  void theInitiatorsRecordTellsTheEnd() throws Exception {
    server.then(
        NO_ROUTE,
        records(record("host", false, "success"), record("guest", true, "running")),
        records(record("host", false, "success"), record("guest", true, "failed")));
    JobNews end = client.blocking().follow("j1", 0, seen::add);
    assertThat(end)
        .isEqualTo(new JobNews("end", 0, Map.of("status", "failed", "cause", "no rows")));
    assertThat(seen).containsExactly(end);
    assertThat(server.arrived())
        .extracting(Arrived::path)
        .containsExactly("/fedflow/v1/jobs/j1/events", "/v1/job/query", "/v1/job/query");
    assertThat(server.last().body()).isEqualTo("{\"job_id\":\"j1\"}");
  }

  /** What the server says to the question is told. */
  @Test
  void anUnknownJobIsRefused() {
    server.then(NO_ROUTE, Reply.json(200, "{\"retcode\":101,\"retmsg\":\"find job failed\"}"));
    assertThatThrownBy(() -> client.blocking().follow("j1", 0, seen::add))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("find job failed");
    assertThat(seen).isEmpty();
  }

  /** Who leaves hears nothing more. */
  @Test
  void followingCanBeLeft() {
    server.then(NO_ROUTE, records(record("guest", true, "running")));
    JobFollowing following = client.follow("j1", 0, seen::add);
    following.close();
    assertThatThrownBy(() -> following.ended().toCompletableFuture().get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(FedflowException.class);
    assertThat(seen).isEmpty();
  }

  private static String record(String role, boolean initiator, String status) {
    return "{\"f_role\":\"%s\",\"f_is_initiator\":%s,\"f_status\":\"%s\",\"f_error_report\":\"no rows\"}"
        .formatted(role, initiator, status);
  }

  private static Reply records(String... records) {
    return Reply.json(
        200, "{\"retcode\":0,\"data\":[" + String.join(",", records) + "],\"retmsg\":\"success\"}");
  }
}
