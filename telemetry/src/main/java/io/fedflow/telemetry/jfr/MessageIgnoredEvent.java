package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** See {@link io.fedflow.spi.Signal.MessageIgnored}. */
@Name("fedflow.MessageIgnored")
@Label("Message Ignored")
@Description("A message came that no longer applies")
final class MessageIgnoredEvent extends SignalEvent {

  @Label("By")
  String by;

  @Label("Message")
  String message;
}
