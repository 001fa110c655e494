package io.fedflow.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.audit.AuditEvent.Outcome;
import io.fedflow.audit.AuditTrail.Ending;
import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.memory.MemoryAuditLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

  private static final Actor WHO = Actor.client("key", "10.0.0.7");

  private final MemoryAuditLog log = new MemoryAuditLog(InstantSource.system());
  private final AuditTrail trail = new AuditTrail(log);

  private List<AuditEvent> events() {
    List<AuditEvent> events =
        new ArrayList<>(
            Stages.join(log.page(AuditQuery.newest(100))).records().stream()
                .map(AuditRecord::event)
                .toList());
    Collections.reverse(events);
    return events;
  }

  @Test
  void whatIsDone_hasARecordBeforeAndAfter() {
    int before =
        Stages.join(
            trail.around(
                WHO,
                "job.submit",
                "",
                () -> CompletableFuture.completedStage(events().size()),
                done -> Ending.done("j1")));
    assertThat(before).isEqualTo(1);
    assertThat(events())
        .containsExactly(
            AuditEvent.asked(WHO, "job.submit", "", ""),
            new AuditEvent(WHO, "job.submit", "j1", Outcome.DONE, 1, ""));
  }

  @Test
  void failures_areRecordedAndPassedOn() {
    FedflowException refused = FedflowException.invalid("job.unknown", "no such job");
    for (RuntimeException failure :
        List.of(
            refused,
            new FedflowException(FailureKind.UNKNOWN, "store.io", "who knows"),
            new IllegalStateException("secret"))) {
      assertThatThrownBy(
              () ->
                  Stages.join(
                      trail.around(
                          WHO,
                          "job.stop",
                          "j1",
                          () -> {
                            throw failure;
                          },
                          done -> Ending.DONE)))
          .isSameAs(failure);
    }
    assertThat(events())
        .filteredOn(event -> event.outcome() != Outcome.ASKED)
        .containsExactly(
            new AuditEvent(WHO, "job.stop", "j1", Outcome.REFUSED, 1, "[job.unknown] no such job"),
            new AuditEvent(WHO, "job.stop", "j1", Outcome.FAILED, 3, "[store.io] who knows"),
            new AuditEvent(WHO, "job.stop", "j1", Outcome.FAILED, 5, "IllegalStateException"));
  }

  @Test
  void nothingIsDone_thatCannotBeRecorded() {
    AtomicInteger done = new AtomicInteger();
    log.close();
    assertThatThrownBy(
            () ->
                Stages.join(
                    trail.around(
                        WHO,
                        "job.stop",
                        "j1",
                        () -> CompletableFuture.completedStage(done.incrementAndGet()),
                        result -> Ending.DONE)))
        .hasMessageContaining("audit log is closed");
    assertThat(done).hasValue(0);
  }

  @Test
  void whatWasDone_staysDoneIfItsEndCannotBeRecorded() {
    assertThat(
            Stages.<String>join(
                trail.around(
                    WHO,
                    "job.stop",
                    "j1",
                    () -> {
                      log.close();
                      return CompletableFuture.completedStage("done");
                    },
                    result -> Ending.DONE)))
        .isEqualTo("done");
  }
}
