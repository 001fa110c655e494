package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.audit.AuditEvent;
import io.fedflow.audit.AuditQuery;
import io.fedflow.audit.AuditRecord;
import io.fedflow.data.Stages;
import io.fedflow.memory.MemoryAuditLog;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.wire.AuditedRoutes;
import io.fedflow.transport.http.wire.Mounted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRoutesTest {

  @TempDir Path folder;
  private final MemoryAuditLog log = new MemoryAuditLog(InstantSource.system());
  private EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options.auditLog(log));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private List<AuditEvent> events() {
    List<AuditEvent> events =
        new ArrayList<>(
            Stages.join(log.page(AuditQuery.newest(100))).records().stream()
                .map(AuditRecord::event)
                .toList());
    Collections.reverse(events);
    return events;
  }

  private static List<Object> each(Reply page, String field) {
    return ((List<?>) page.map().get("records"))
        .stream().<Object>map(record -> ((Map<?, ?>) record).get(field)).toList();
  }

  @Test
  void everyRouteThatMayChangeSomething_hasALine() {
    Set<String> routes =
        edge.edge.routes().stream()
            .filter(route -> route.state() == Mounted.State.WORKS)
            .filter(route -> !route.method().equals("GET"))
            .map(route -> route.method() + ' ' + route.path())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed = AuditedRoutes.load().listed();
    assertThat(listed).as("audited-routes.txt").containsAll(routes);
    Set<String> all =
        edge.edge.routes().stream()
            .map(route -> route.method() + ' ' + route.path())
            .collect(Collectors.toSet());
    assertThat(all).as("lines of routes that there are not").containsAll(listed);
  }

  @Test
  void whatChangesSomething_isRecordedBeforeAndAfter() {
    Map<String, Object> documents =
        Map.of("job_dsl", Map.of(), "job_runtime_conf", Map.of("secret", "in the conf"));
    Reply submitted = edge.post("/v1/job/submit", documents);
    assertThat(submitted.retcode()).isZero();
    List<AuditEvent> events = events();
    assertThat(events).hasSize(2);
    assertThat(events.get(0).action()).isEqualTo("job.submit");
    assertThat(events.get(0).outcome()).isEqualTo(AuditEvent.Outcome.ASKED);
    assertThat(events.get(0).who().address()).isEqualTo("127.0.0.1");
    assertThat(events.get(1).outcome()).isEqualTo(AuditEvent.Outcome.DONE);
    assertThat(events.get(1).of()).isEqualTo(1);
    assertThat(events.get(1).subject()).isEqualTo(submitted.tree().get("jobId"));
    assertThat(events.toString()).doesNotContain("in the conf");
  }

  @Test
  void whatIsRefused_isRecordedWithItsReason() {
    assertThat(
            edge.post("/v1/table/delete", Map.of("namespace", "ns", "table_name", "t")).retcode())
        .isNotZero();
    assertThat(events()).hasSize(2);
    AuditEvent end = events().get(1);
    assertThat(end.action()).isEqualTo("table.drop");
    assertThat(end.subject()).isEqualTo("ns t");
    assertThat(end.outcome()).isEqualTo(AuditEvent.Outcome.REFUSED);
    assertThat(end.detail()).isNotEmpty();
  }

  @Test
  void whatIsOnlyLookedAt_isNotRecorded() {
    edge.post("/v1/job/query", Map.of());
    edge.get("/fedflow/v1/jobs");
    edge.get("/fedflow/v1/audit");
    assertThat(events()).isEmpty();
  }

  @Test
  void previewsOfRows_areRecorded() {
    edge.post("/v1/table/preview", Map.of("namespace", "ns", "table_name", "t"));
    edge.post(
        "/v1/tracking/component/output/data",
        Map.of("job_id", "j", "role", "guest", "party_id", 1, "component_name", "c"));
    assertThat(events()).extracting(AuditEvent::action).containsOnly("data.preview").hasSize(4);
    assertThat(events()).extracting(AuditEvent::subject).contains("ns t", "j c");
  }

  @Test
  void withoutTheLog_nothingIsDone() throws Exception {
    log.close();
    Reply reply = edge.post("/fedflow/v1/queue/pause", Map.of());
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.retmsg()).contains("audit log");
    assertThat(edge.site.queue.paused()).isFalse();
    Reply upload =
        edge.postText(
            "/v1/data/upload?namespace=ns&table_name=t&head=1&partition=1",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                + "id,x\na,1\n\r\n--b--\r\n",
            "multipart/form-data; boundary=b");
    assertThat(upload.retmsg()).contains("audit log");
    // What came before the answer is deleted behind it.
    long end = System.nanoTime() + 60_000_000_000L;
    while (keepsFiles()) {
      assertThat(System.nanoTime()).as("files are left").isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }

  private boolean keepsFiles() throws java.io.IOException {
    try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(Files::isRegularFile);
    } catch (java.io.UncheckedIOException deletedMeanwhile) {
      return true;
    }
  }

  @Test
  void pages_goFromTheNewestToTheOldest() {
    for (int i = 0; i < 3; i++) {
      edge.post("/v1/job/stop", Map.of("job_id", "j" + i));
    }
    Reply first = edge.get("/fedflow/v1/audit?limit=4&action=job");
    assertThat(first.status()).isEqualTo(200);
    assertThat(each(first, "number")).containsExactly(6, 5, 4, 3);
    assertThat(first.map()).containsEntry("next", 3).containsEntry("head", log.head().toString());
    Reply rest = edge.get("/fedflow/v1/audit?before=3");
    assertThat(each(rest, "subject")).containsExactly("j0", "j0");
    assertThat(rest.map()).containsEntry("next", 0);
    assertThat((List<?>) edge.get("/fedflow/v1/audit?subject=j1").map().get("records")).hasSize(2);
    assertThat(edge.get("/fedflow/v1/audit?limit=0").status()).isEqualTo(400);
    assertThat(edge.get("/fedflow/v1/audit?before=x").retmsg())
        .contains("before: found 'x', allowed a whole number");
  }

  @Test
  void aServerWithoutALog_saysSo() {
    try (EdgeFixture bare = new EdgeFixture(folder.resolve("bare"), options -> options)) {
      Reply reply = bare.get("/fedflow/v1/audit");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.retmsg()).contains("keeps no audit log");
    }
  }
}
