package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** See {@link io.fedflow.spi.Signal.InstanceFenced}. */
@Name("fedflow.InstanceFenced")
@Label("Instance Fenced")
@Description("This server fenced another one of its site, whose lease had ended")
final class InstanceFencedEvent extends SignalEvent {

  @Label("Instance")
  String instance;
}
