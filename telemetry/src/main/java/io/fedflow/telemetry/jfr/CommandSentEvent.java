package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** See {@link io.fedflow.spi.Signal.CommandSent}. */
@Name("fedflow.CommandSent")
@Label("Command Sent")
@Description("A command to a party is over")
final class CommandSentEvent extends SignalEvent {

  @Label("To")
  String to;

  @Label("Command")
  String command;

  @Label("Delivery")
  String delivery;

  @Label("Tries")
  int tries;

  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;
}
