package io.fedflow.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.telemetry.Signals;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeterTelemetryTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void signalAll() {
    MeterTelemetry telemetry = new MeterTelemetry(meters);
    Signals.all().forEach(telemetry::signal);
    Signals.all().forEach(telemetry::signal);
  }

  private double count(String name, String... tags) {
    return meters.get(name).tags(tags).counter().count();
  }

  private double millis(String name, String... tags) {
    return meters.get(name).tags(tags).timer().totalTime(TimeUnit.MILLISECONDS);
  }

  @Test
  void everyKindOfSignalHasItsMeter() {
    assertThat(millis("fedflow.turn", "by", "coordinator")).isEqualTo(3);
    assertThat(millis("fedflow.turn", "by", "guest")).isEqualTo(5);
    assertThat(meters.get("fedflow.turn.rows").tag("by", "guest").summary().totalAmount())
        .isEqualTo(10);
    assertThat(count("fedflow.store.retries")).isEqualTo(2);
    assertThat(count("fedflow.effects", "by", "coordinator", "effect", "Command")).isEqualTo(2);
    assertThat(millis("fedflow.command", "command", "StartTask", "delivery", "arrived"))
        .isEqualTo(14);
    assertThat(millis("fedflow.command", "command", "StartTask", "delivery", "lost")).isEqualTo(18);
    assertThat(count("fedflow.command.retries", "command", "StartTask")).isEqualTo(2);
    assertThat(count("fedflow.jobs", "by", "coordinator", "status", "running")).isEqualTo(2);
    assertThat(millis("fedflow.job.status", "by", "coordinator", "status", "waiting"))
        .isEqualTo(3_000);
    assertThat(count("fedflow.ignored", "by", "guest", "message", "StartAsked")).isEqualTo(2);
    assertThat(count("fedflow.attempts.started", "module", "HeteroLR", "role", "guest"))
        .isEqualTo(2);
    assertThat(millis("fedflow.attempt", "module", "HeteroLR", "role", "guest", "status", "failed"))
        .isEqualTo(6_000);
    assertThat(millis("fedflow.slots.wait")).isEqualTo(2_400);
    assertThat(count("fedflow.slots.granted")).isEqualTo(8);
  }

  @Test
  void noTagNamesAJobAPartyOrACause() {
    for (Meter meter : meters.getMeters()) {
      assertThat(meter.getId().getTags().toString())
          .as(meter.getId().getName())
          .doesNotContain(Signals.JOB, "9999", "database", "reached", "route", "out of data");
    }
  }
}
