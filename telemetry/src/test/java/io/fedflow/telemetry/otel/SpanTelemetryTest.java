package io.fedflow.telemetry.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.failure.Confidential;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import io.fedflow.tracking.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpanTelemetryTest {

  private static final String JOB = "202611290000000000010";
  private static final TaskId LR = new TaskId(JOB, "lr_0", 1);
  private static final Party HOST = Party.of("host", "10000");
  private static final long NOW = 1_000_000;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final SpanTelemetry telemetry =
      new SpanTelemetry(
          SimpleSpanProcessor.create(spans),
          Map.of("service.name", "fedflow"),
          Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

  @Test
  void anAttemptIsASpanUnderTheJobsThatAllPartiesNameAlike() {
    telemetry.signal(
        new Signal.AttemptEnded(
            LR,
            HOST,
            "HeteroLR",
            TaskStatus.FAILED,
            TimeUnit.SECONDS.toNanos(2),
            "host:10000 lr_0: " + Confidential.mark("found 'secret'") + " [features.range]"));

    SpanData span = only();
    assertThat(span.getName()).isEqualTo("lr_0 HeteroLR");
    assertThat(span.getTraceId()).isEqualTo(TraceContext.ofJob(JOB).traceId());
    assertThat(span.getParentSpanId()).isEqualTo(TraceContext.ofJob(JOB).spanId());
    assertThat(span.getSpanId()).isEqualTo(TraceContext.ofAttempt(LR, HOST).spanId());
    assertThat(span.getEndEpochNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(NOW));
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos())
        .isEqualTo(TimeUnit.SECONDS.toNanos(2));
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getStatus().getDescription())
        .contains("host:10000 lr_0", "[features.range]")
        .doesNotContain("secret");
    assertThat(attribute(span, "fedflow.status")).isEqualTo("failed");
    assertThat(span.getResource().getAttribute(AttributeKey.stringKey("service.name")))
        .isEqualTo("fedflow");
  }

  @Test
  void theCoordinatorTellsTheRoot() {
    telemetry.signal(moved(JobStatus.READY, JobStatus.WAITING, 10));
    telemetry.signal(moved(JobStatus.WAITING, JobStatus.RUNNING, 0));
    telemetry.signal(moved(JobStatus.RUNNING, JobStatus.SUCCESS, 0));

    List<SpanData> told = spans.getFinishedSpanItems();
    assertThat(told)
        .extracting(SpanData::getName)
        .containsExactly("job ready", "job waiting", "job running", "job");
    SpanData root = told.get(3);
    assertThat(root.getTraceId()).isEqualTo(TraceContext.ofJob(JOB).traceId());
    assertThat(root.getSpanId()).isEqualTo(TraceContext.ofJob(JOB).spanId());
    assertThat(root.getParentSpanContext().isValid()).isFalse();
    assertThat(root.getStartEpochNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(NOW - 10));
    assertThat(root.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(told.subList(0, 3))
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(root.getSpanId()));
  }

  @Test
  void aPartyTellsNoRoot() {
    telemetry.signal(
        new Signal.JobMoved(JOB, HOST.toString(), JobStatus.RUNNING, JobStatus.SUCCESS, 5, ""));

    assertThat(only().getName()).isEqualTo("job running");
  }

  @Test
  void aCommandIsAClientsSpan() {
    telemetry.signal(
        new Signal.CommandSent(
            JOB, HOST, "StartTask", Signal.Delivery.LOST, 3, 7, "party host:10000 is away"));

    SpanData span = only();
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus().getDescription()).isEqualTo("party host:10000 is away");
    assertThat(attribute(span, "fedflow.party")).isEqualTo("host:10000");
  }

  private static Signal moved(JobStatus from, JobStatus to, long millis) {
    return new Signal.JobMoved(JOB, Signal.COORDINATOR, from, to, millis, "");
  }

  private static String attribute(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.stringKey(name));
  }

  private SpanData only() {
    List<SpanData> told = spans.getFinishedSpanItems();
    assertThat(told).hasSize(1);
    return told.get(0);
  }
}
