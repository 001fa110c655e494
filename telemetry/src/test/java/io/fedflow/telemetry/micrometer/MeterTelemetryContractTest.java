package io.fedflow.telemetry.micrometer;

import io.fedflow.spi.Telemetry;
import io.fedflow.testkit.spi.TelemetryContract;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;

class MeterTelemetryContractTest extends TelemetryContract {

  /** The meter that counts signals of a kind one by one. */
  private static final Map<String, String> KINDS =
      Map.of(
          "fedflow.turn", "TurnStored",
          "fedflow.store.retries", "StoreRetried",
          "fedflow.effects", "EffectDone",
          "fedflow.command", "CommandSent",
          "fedflow.command.retries", "CommandRetried",
          "fedflow.jobs", "JobMoved",
          "fedflow.ignored", "MessageIgnored",
          "fedflow.attempts.started", "AttemptStarted",
          "fedflow.attempt", "AttemptEnded",
          "fedflow.slots.wait", "SlotsGranted");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Telemetry telemetry = new MeterTelemetry(meters);

  @Override
  protected Telemetry telemetry() {
    return telemetry;
  }

  @Override
  protected Map<String, Long> seen() {
    Map<String, Long> seen = new HashMap<>();
    for (Meter meter : meters.getMeters()) {
      String kind = KINDS.get(meter.getId().getName());
      if (kind != null) {
        meter
            .measure()
            .forEach(
                measured -> {
                  if (measured.getStatistic() == Statistic.COUNT) {
                    seen.merge(kind, (long) measured.getValue(), Long::sum);
                  }
                });
      }
    }
    return seen;
  }
}
