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
      Map.ofEntries(
          Map.entry("fedflow.turn", "TurnStored"),
          Map.entry("fedflow.store.retries", "StoreRetried"),
          Map.entry("fedflow.effects", "EffectDone"),
          Map.entry("fedflow.command", "CommandSent"),
          Map.entry("fedflow.command.retries", "CommandRetried"),
          Map.entry("fedflow.jobs", "JobMoved"),
          Map.entry("fedflow.ignored", "MessageIgnored"),
          Map.entry("fedflow.attempts.started", "AttemptStarted"),
          Map.entry("fedflow.attempt", "AttemptEnded"),
          Map.entry("fedflow.slots.wait", "SlotsGranted"),
          Map.entry("fedflow.takeovers", "JobTakenOver"),
          Map.entry("fedflow.fences", "InstanceFenced"));

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
