package io.fedflow.testkit.spi;

import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts signals by their kind. */
class CountingTelemetry implements Telemetry {

  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  @Override
  public void signal(Signal signal) {
    seen.merge(signal.getClass().getSimpleName(), 1L, Long::sum);
  }

  Map<String, Long> seen() {
    return seen;
  }
}
