package io.fedflow.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetryTest {

  private static final Signal SIGNAL = new Signal.SlotsGranted("j1", 2, 5);
  private final List<Signal> seen = new ArrayList<>();

  private static void fail(Signal signal) {
    throw new IllegalStateException("bad");
  }

  @Test
  void troubleOfAnObserverStaysWithIt() {
    Telemetry.safe(TelemetryTest::fail).signal(SIGNAL);
    Telemetry.all(List.of(seen::add, TelemetryTest::fail, seen::add)).signal(SIGNAL);
    assertThat(seen).containsExactly(SIGNAL, SIGNAL);
  }

  @Test
  void anErrorOfAnObserverStaysWithIt() {
    Telemetry.all(
            List.of(
                signal -> {
                  throw new NoClassDefFoundError("a library is missing");
                },
                seen::add))
        .signal(SIGNAL);
    assertThat(seen).containsExactly(SIGNAL);
  }

  @Test
  void whatIsSafeStaysAsItIs() {
    Telemetry safe = Telemetry.safe(seen::add);
    assertThat(Telemetry.safe(safe)).isSameAs(safe);
    assertThat(Telemetry.safe(Telemetry.NONE)).isSameAs(Telemetry.NONE);
  }
}
