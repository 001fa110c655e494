package io.fedflow.server;

import io.fedflow.telemetry.otel.SpanTelemetry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Spans of a server on their way to a collector. */
final class TraceExport {

  private TraceExport() {}

  /** Exports in batches from a thread of its own; what the collector does not take is dropped. */
  static SpanTelemetry to(URI collector, Set<String> parties) {
    String base = collector.toString().replaceAll("/+$", "");
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces").build();
    return new SpanTelemetry(
        BatchSpanProcessor.builder(exporter).build(),
        Map.of(
            "service.name",
            "fedflow",
            "service.version",
            Product.version(),
            "fedflow.parties",
            String.join(",", new TreeSet<>(parties))),
        Clock.systemUTC());
  }
}
