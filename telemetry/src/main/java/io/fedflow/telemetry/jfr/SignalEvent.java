package io.fedflow.telemetry.jfr;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What all events have. The stack would show the engine's own threads only. */
@Name("fedflow.Signal")
@Category("Fedflow")
@StackTrace(false)
abstract class SignalEvent extends Event {

  @Label("Job")
  String job;

  @Label("Cause")
  String cause;
}
