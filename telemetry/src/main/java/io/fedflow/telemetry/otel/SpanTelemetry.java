package io.fedflow.telemetry.otel;

import io.fedflow.failure.Confidential;
import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import io.fedflow.tracking.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells signals as spans of their job's trace, whose id follows from the job's ({@link
 * TraceContext}): a root for the job, told by its coordinator, and under it what every site did for
 * it: the statuses that the job had, attempts of tasks, commands to parties. So the spans of
 * several organisations fit together where they are collected in one place. Causes are told as
 * other sites may read them. Thread-safe.
 */
public final class SpanTelemetry implements Telemetry, AutoCloseable {

  private static final AttributeKey<String> JOB = AttributeKey.stringKey("fedflow.job_id");
  private static final AttributeKey<String> PARTY = AttributeKey.stringKey("fedflow.party");
  private static final AttributeKey<String> COMPONENT = AttributeKey.stringKey("fedflow.component");
  private static final AttributeKey<Long> VERSION = AttributeKey.longKey("fedflow.version");
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("fedflow.status");
  private static final AttributeKey<Long> TRIES = AttributeKey.longKey("fedflow.tries");

  private final GivenIds ids = new GivenIds();
  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Clock clock;
  // Of live jobs only: when their coordinator first told of them.
  private final Map<String, Long> begun = new ConcurrentHashMap<>();

  /**
   * Hands spans to a processor, which is closed with this.
   *
   * @param site who tells; for example {@code service.name} and the parties
   */
  public SpanTelemetry(SpanProcessor processor, Map<String, String> site, Clock clock) {
    var attributes = Attributes.builder();
    site.forEach(attributes::put);
    this.clock = clock;
    this.provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(processor)
            .setIdGenerator(ids)
            .setResource(Resource.getDefault().merge(Resource.create(attributes.build())))
            .build();
    this.tracer = provider.get("io.fedflow");
  }

  @Override
  public void signal(Signal signal) {
    if (signal instanceof Signal.AttemptEnded ended) {
      attempt(ended);
    } else if (signal instanceof Signal.JobMoved moved) {
      moved(moved);
    } else if (signal instanceof Signal.CommandSent sent) {
      command(sent);
    }
  }

  private void attempt(Signal.AttemptEnded ended) {
    SpanBuilder span =
        within(ended.jobId(), ended.task().component() + ' ' + ended.module())
            .setAttribute(PARTY, ended.party().toString())
            .setAttribute(COMPONENT, ended.task().component())
            .setAttribute(VERSION, (long) ended.task().version())
            .setAttribute(STATUS, ended.status().text());
    TraceContext own = TraceContext.ofAttempt(ended.task(), ended.party());
    tell(span, own, ended.nanos(), ended.status().good(), ended.cause());
  }

  private void command(Signal.CommandSent sent) {
    SpanBuilder span =
        within(sent.jobId(), sent.command())
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(PARTY, sent.to().toString())
            .setAttribute(TRIES, (long) sent.tries())
            .setAttribute(STATUS, sent.delivery().text());
    boolean good = sent.delivery() == Signal.Delivery.ARRIVED;
    tell(span, null, sent.nanos(), good, sent.cause());
  }

  private void moved(Signal.JobMoved moved) {
    boolean good = moved.cause().isEmpty();
    SpanBuilder status =
        within(moved.jobId(), "job " + moved.from().text())
            .setAttribute(PARTY, moved.by())
            .setAttribute(STATUS, moved.to().text());
    tell(status, null, TimeUnit.MILLISECONDS.toNanos(moved.millis()), good, moved.cause());
    if (moved.by().equals(Signal.COORDINATOR)) {
      coordinated(moved, good);
    }
  }

  private void coordinated(Signal.JobMoved moved, boolean good) {
    long began = clock.millis() - moved.millis();
    if (!moved.to().terminal()) {
      begun.putIfAbsent(moved.jobId(), began);
      return;
    }
    Long first = begun.remove(moved.jobId());
    long millis = clock.millis() - (first == null ? began : first);
    SpanBuilder job =
        tracer
            .spanBuilder("job")
            .setNoParent()
            .setAttribute(JOB, moved.jobId())
            .setAttribute(STATUS, moved.to().text());
    TraceContext own = TraceContext.ofJob(moved.jobId());
    tell(job, own, TimeUnit.MILLISECONDS.toNanos(millis), good, moved.cause());
  }

  private SpanBuilder within(String jobId, String name) {
    TraceContext job = TraceContext.ofJob(jobId);
    SpanContext parent =
        SpanContext.createFromRemoteParent(
            job.traceId(), job.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
    return tracer
        .spanBuilder(name)
        .setParent(Context.root().with(Span.wrap(parent)))
        .setAttribute(JOB, jobId);
  }

  /** Signals tell what is over: a span begins in the past and ends now. */
  private void tell(SpanBuilder span, TraceContext own, long nanos, boolean good, String cause) {
    long end = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    span.setStartTimestamp(end - nanos, TimeUnit.NANOSECONDS);
    Span told = own == null ? span.startSpan() : ids.under(own, span::startSpan);
    if (!good) {
      told.setStatus(StatusCode.ERROR, Confidential.leaveOut(cause));
    }
    told.end(end, TimeUnit.NANOSECONDS);
  }

  /** Hands over what is left, for at most ten seconds. */
  @Override
  public void close() {
    provider.shutdown().join(10, TimeUnit.SECONDS);
  }
}
