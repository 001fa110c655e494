package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** See {@link io.fedflow.spi.Signal.CommandRetried}. */
@Name("fedflow.CommandRetried")
@Label("Command Retried")
@Description("A party could not be reached with a command")
final class CommandRetriedEvent extends SignalEvent {

  @Label("To")
  String to;

  @Label("Command")
  String command;

  @Label("Tries")
  int tries;

  @Label("Pause")
  @Timespan(Timespan.MILLISECONDS)
  long pause;
}
