package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.data.Stages;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Does what the local parties of one job decided. Called in the job's lane; thread-safe. */
final class PartyHands {

  private static final Traffic NONE = new Traffic(0, 0, 0, 0);

  private final JobShell shell;
  private final TaskRunner runner;
  private final JobOutbox outbox;
  private final Telemetry telemetry;
  private final InstantSource clock;

  PartyHands(JobShell shell, EngineParts parts, JobOutbox outbox) {
    this.shell = shell;
    this.runner = parts.runner();
    this.outbox = outbox;
    this.telemetry = parts.telemetry();
    this.clock = parts.clock();
  }

  /** Does one effect. */
  void perform(Party party, PartyEffect effect) {
    if (effect instanceof PartyEffect.RunTask run) {
      start(party, run);
    } else if (effect instanceof PartyEffect.StopTask stop) {
      runner.stop(stop.task(), party, stop.reason());
    } else if (effect instanceof PartyEffect.Report report) {
      report(party, report);
    } else if (effect instanceof PartyEffect.Align) {
      align(party);
    } else if (effect instanceof PartyEffect.Expect) {
      runner.expect(shell.jobId());
    } else if (shell.partiesAreOver()) {
      runner.forget(shell.jobId());
    }
    String kind = effect.getClass().getSimpleName();
    telemetry.signal(new Signal.EffectDone(shell.jobId(), party.toString(), kind));
  }

  private void start(Party party, PartyEffect.RunTask run) {
    Consumer<PartyEvent> told = ended -> shell.party(party, ended);
    try {
      if (shell.plan() == null) {
        throw FedflowException.invalid("job.plan", "its documents no longer plan at this site");
      }
      if (telemetry != Telemetry.NONE) {
        told = new AttemptWatch(run.task(), party, module(run.task()), telemetry).before(told);
      }
      JobRow job = shell.state(party).job();
      runner.start(new TaskRunner.Work(run.task(), party, shell.plan(job), job), told);
    } catch (RuntimeException | OutOfMemoryError refused) {
      String why = party + " " + run.task().component() + " could not start: ";
      told.accept(
          new PartyEvent.TaskEnded(
              run.task(), TaskStatus.FAILED, why + JobOutbox.reason(refused), NONE));
    }
  }

  private String module(TaskId task) {
    return shell.plan().task(task.component()).map(PlannedTask::module).orElse("");
  }

  private void report(Party party, PartyEffect.Report report) {
    if (shell.plan() != null && shell.plan().settings().pull()) {
      // The coordinator asks.
      return;
    }
    outbox.insist(
        shell.state(party).job().initiator(),
        new PartyCommand.ReportTask(
            report.task(), party, report.status(), report.cause(), report.lost(), report.traffic()),
        () -> !shell.state(party).job().status().terminal());
  }

  /** Tells the coordinator that this site started again, and asks for all that was missed. */
  void restarted(List<Party> parties) {
    Party first = parties.get(0);
    outbox.insist(
        shell.state(first).job().initiator(),
        new PartyCommand.AskAlign(shell.jobId(), parties, clock.millis()),
        () -> !shell.state(first).job().status().terminal());
  }

  /**
   * Asks the coordinator for all that a party may have missed; it asks again some day if need be.
   */
  void align(Party party) {
    JobRow job = shell.state(party).job();
    outbox
        .sendOnce(job.initiator(), new PartyCommand.AskAlign(shell.jobId(), List.of(party), 0))
        .whenComplete(
            (ok, failed) -> {
              if (failed != null
                  && Stages.unwrap(failed) instanceof FedflowException known
                  && known.code().equals("job.unknown")) {
                String cause = job.initiator() + " does not know the job any more";
                shell.party(party, new PartyEvent.JobTold(job.round(), JobStatus.FAILED, 0, cause));
              }
            });
  }

  /**
   * Stops every part that runs, because this site cannot go on with the job.
   *
   * @param tells whether the coordinator is told
   */
  void stopAll(Party party, String cause, boolean tells) {
    JobRow job = shell.state(party).job();
    for (TaskRow row : shell.state(party).tasks()) {
      if (row.partyStatus() == TaskStatus.RUNNING) {
        runner.stop(row.task(), party, cause);
        if (tells && !shell.coordinates()) {
          String reason = party + " " + row.task().component() + ": " + cause;
          outbox.tell(
              job.initiator(),
              new PartyCommand.ReportTask(row.task(), party, TaskStatus.FAILED, reason, true, NONE),
              lostToo -> {});
        }
      }
    }
    runner.forget(shell.jobId());
  }
}
