package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** See {@link io.fedflow.spi.Signal.TurnStored}. */
@Name("fedflow.TurnStored")
@Label("Turn Stored")
@Description("A turn of a job is durable")
final class TurnStoredEvent extends SignalEvent {

  @Label("By")
  String by;

  @Label("Rows")
  int rows;

  @Label("Events")
  int events;

  @Label("Tries")
  int tries;

  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;
}
