package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** See {@link io.fedflow.spi.Signal.SlotsGranted}. */
@Name("fedflow.SlotsGranted")
@Label("Slots Granted")
@Description("A job got its slots at this site")
final class SlotsGrantedEvent extends SignalEvent {

  @Label("Slots")
  int slots;

  @Label("Waited")
  @Timespan(Timespan.MILLISECONDS)
  long waited;
}
