package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** See {@link io.fedflow.spi.Signal.JobTakenOver}. */
@Name("fedflow.JobTakenOver")
@Label("Job Taken Over")
@Description("This server goes on with a job of another server of its site")
final class JobTakenOverEvent extends SignalEvent {}
