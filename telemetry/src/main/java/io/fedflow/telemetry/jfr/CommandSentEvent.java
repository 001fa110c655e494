package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** See {@link io.fedflow.spi.Signal.CommandSent}. */
@Name("fedflow.CommandSent")
@Label("Command Sent")
@Description("A command was sent to a party")
final class CommandSentEvent extends SignalEvent {

  @Label("To")
  String to;

  @Label("Command")
  String command;

  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;
}
