package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** See {@link io.fedflow.spi.Signal.StoreRetried}. */
@Name("fedflow.StoreRetried")
@Label("Store Retried")
@Description("The store was not there for a turn")
final class StoreRetriedEvent extends SignalEvent {

  @Label("Tries")
  int tries;

  @Label("Pause")
  @Timespan(Timespan.MILLISECONDS)
  long pause;
}
