package io.fedflow.testkit.spi;

import io.fedflow.spi.Telemetry;
import java.util.List;
import java.util.Map;

/** Those that the core makes of others: the trouble of one is not that of the next. */
class SafeTelemetryTest extends TelemetryContract {

  private final CountingTelemetry counts = new CountingTelemetry();
  private final Telemetry telemetry =
      Telemetry.all(
          List.of(
              signal -> {
                throw new IllegalStateException("trouble");
              },
              counts));

  @Override
  protected Telemetry telemetry() {
    return telemetry;
  }

  @Override
  protected Map<String, Long> seen() {
    return counts.seen();
  }
}
