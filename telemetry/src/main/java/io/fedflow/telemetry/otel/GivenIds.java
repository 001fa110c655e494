package io.fedflow.telemetry.otel;

import io.fedflow.tracking.TraceContext;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/** Ids that were given for the span that the calling thread starts, and random ones otherwise. */
final class GivenIds implements IdGenerator {

  private final IdGenerator random = IdGenerator.random();
  private final ThreadLocal<TraceContext> given = new ThreadLocal<>();

  /** Starts a span under given ids. */
  <T> T under(TraceContext ids, Supplier<T> start) {
    given.set(ids);
    try {
      return start.get();
    } finally {
      given.remove();
    }
  }

  @Override
  public String generateSpanId() {
    TraceContext ids = given.get();
    return ids == null ? random.generateSpanId() : ids.spanId();
  }

  @Override
  public String generateTraceId() {
    TraceContext ids = given.get();
    return ids == null ? random.generateTraceId() : ids.traceId();
  }
}
