package io.fedflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import org.junit.jupiter.api.Test;

class TraceContextTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");

  @Test
  void allOfAJobHasOneTraceAndEveryPartOfItASpan() {
    TraceContext job = TraceContext.ofJob("202611290000000000010");
    TraceContext first = TraceContext.ofAttempt(attempt(0), GUEST);

    assertThat(job).isEqualTo(TraceContext.ofJob("202611290000000000010"));
    assertThat(first.traceId()).isEqualTo(job.traceId());
    assertThat(first.spanId())
        .isNotEqualTo(job.spanId())
        .isNotEqualTo(TraceContext.ofAttempt(attempt(1), GUEST).spanId())
        .isNotEqualTo(TraceContext.ofAttempt(attempt(0), HOST).spanId());
    assertThat(TraceContext.ofJob("202611290000000000020").traceId()).isNotEqualTo(job.traceId());
  }

  @Test
  void isWrittenAsTheStandardSays() {
    assertThat(TraceContext.ofJob("1").traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
  }

  private static TaskId attempt(int version) {
    return new TaskId("202611290000000000010", "lr_0", version);
  }
}
