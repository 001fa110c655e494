package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import java.util.function.Consumer;

/** Tells telemetry the beginning and the end of one attempt at one party. Thread-safe. */
final class AttemptWatch {

  private final TaskId task;
  private final Party party;
  private final String module;
  private final Telemetry telemetry;
  private final long begun = System.nanoTime();

  /** Watches from now on, and tells that it began. */
  AttemptWatch(TaskId task, Party party, String module, Telemetry telemetry) {
    this.task = task;
    this.party = party;
    this.module = module;
    this.telemetry = telemetry;
    telemetry.signal(new Signal.AttemptStarted(task, party, module));
  }

  /** Tells the end before somebody else hears it, who may do away with the job. */
  Consumer<PartyEvent> before(Consumer<PartyEvent> listener) {
    return end -> {
      ended(end);
      listener.accept(end);
    };
  }

  private void ended(PartyEvent end) {
    TaskStatus status = TaskStatus.FAILED;
    String cause = "";
    if (end instanceof PartyEvent.TaskEnded over) {
      status = over.status();
      cause = over.cause();
    } else if (end instanceof PartyEvent.TaskLost lost) {
      cause = lost.cause();
    }
    long nanos = System.nanoTime() - begun;
    telemetry.signal(new Signal.AttemptEnded(task, party, module, status, nanos, cause));
  }
}
