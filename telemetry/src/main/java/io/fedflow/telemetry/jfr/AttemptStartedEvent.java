package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** See {@link io.fedflow.spi.Signal.AttemptStarted}. */
@Name("fedflow.AttemptStarted")
@Label("Attempt Started")
@Description("An attempt of a task began to run at a party")
final class AttemptStartedEvent extends SignalEvent {

  @Label("Component")
  String component;

  @Label("Version")
  int version;

  @Label("Party")
  String party;

  @Label("Module")
  String module;
}
