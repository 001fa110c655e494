package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** See {@link io.fedflow.spi.Signal.JobMoved}. */
@Name("fedflow.JobMoved")
@Label("Job Moved")
@Description("A job moved from one status to another")
final class JobMovedEvent extends SignalEvent {

  @Label("By")
  String by;

  @Label("From")
  String from;

  @Label("To")
  String to;

  @Label("Stayed")
  @Timespan(Timespan.MILLISECONDS)
  long stayed;
}
