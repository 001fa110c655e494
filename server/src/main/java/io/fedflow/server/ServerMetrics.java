package io.fedflow.server;

import io.fedflow.Fedflow;
import io.fedflow.federation.PayloadRoom;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.spi.Telemetry;
import io.fedflow.telemetry.jfr.FlightTelemetry;
import io.fedflow.telemetry.micrometer.MeterTelemetry;
import io.fedflow.transport.grpc.PeerPulse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** What a server measures: signals of its site, its queue and its process. Thread-safe. */
final class ServerMetrics implements AutoCloseable {

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Telemetry telemetry =
      Telemetry.all(List.of(new MeterTelemetry(meters), new FlightTelemetry()));

  ServerMetrics() {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    collections.bindTo(meters);
  }

  /** Counts signals, and writes them into whatever flight recording runs. */
  Telemetry telemetry() {
    return telemetry;
  }

  /** Measures the queue and the store of a site from now on. */
  void watch(Fedflow site) {
    Gauge.builder("fedflow.queue.running", site, s -> s.queue().running().size())
        .description("Jobs that run")
        .register(meters);
    Gauge.builder("fedflow.queue.waiting", site, s -> s.queue().waiting().size())
        .description("Jobs that wait to run")
        .register(meters);
    PayloadRoom payloads = site.mailboxes().room();
    Gauge.builder("fedflow.messages.memory", payloads, PayloadRoom::memoryUsed)
        .baseUnit("bytes")
        .description("Messages that wait in memory for their tasks")
        .register(meters);
    Gauge.builder("fedflow.messages.spilled", payloads, PayloadRoom::fileBytesUsed)
        .baseUnit("bytes")
        .description("Messages that wait in files for their tasks")
        .register(meters);
    FunctionCounter.builder("fedflow.messages.spills", payloads, PayloadRoom::spilled)
        .description("Messages that found no room in memory")
        .register(meters);
    Gauge.builder("fedflow.store.down", site, s -> s.health().storeOutage().isPresent() ? 1 : 0)
        .description("1 while turns wait for the store")
        .register(meters);
  }

  /** Measures how the watched servers of other parties stand, as known when it was last asked. */
  void watch(Supplier<List<PeerPulse>> peers) {
    Gauge.builder(
            "fedflow.peers.silent",
            peers,
            p -> p.get().stream().filter(pulse -> pulse.silentSince() != 0).count())
        .description("Parties of running jobs whose servers do not answer")
        .strongReference(true)
        .register(meters);
    Gauge.builder(
            "fedflow.peers.clock.skew",
            peers,
            p ->
                p.get().stream().mapToLong(each -> Math.abs(each.skewMillis())).max().orElse(0)
                    / 1000.0)
        .baseUnit("seconds")
        .description("How far the clock of such a server is from this one's at most")
        .strongReference(true)
        .register(meters);
  }

  /** Measures for how long the certificate in use still holds. */
  void watch(LiveIdentity identity) {
    Gauge.builder(
            "fedflow.certificate.expires.seconds",
            identity,
            i -> Duration.between(Instant.now(), i.site().self().notAfter()).toSeconds())
        .description("How long the certificate of this site still holds; negative when it expired")
        .register(meters);
  }

  /** All meters in Prometheus' text format. */
  String text() {
    return meters.scrape();
  }

  @Override
  public void close() {
    collections.close();
    meters.close();
  }
}
