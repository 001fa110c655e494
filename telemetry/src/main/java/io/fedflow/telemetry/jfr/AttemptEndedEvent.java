package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** See {@link io.fedflow.spi.Signal.AttemptEnded}. */
@Name("fedflow.AttemptEnded")
@Label("Attempt Ended")
@Description("An attempt of a task ended at a party")
final class AttemptEndedEvent extends SignalEvent {

  @Label("Component")
  String component;

  @Label("Version")
  int version;

  @Label("Party")
  String party;

  @Label("Module")
  String module;

  @Label("Status")
  String status;

  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;
}
