package io.fedflow.job;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does what other sites, and this one, ask of the parties of this site. Thread-safe. */
final class CommandDesk {

  private final EngineParts parts;
  private final JobIntake intake;
  private final LiveJobs jobs;
  private final JobCreation creation;
  private final ParameterUpdates updates;
  private final InheritanceTurn inheritance;
  private final ModelDesk models;

  CommandDesk(
      EngineParts parts,
      JobIntake intake,
      LiveJobs jobs,
      JobCreation creation,
      ParameterUpdates updates,
      InheritanceTurn inheritance,
      ModelDesk models) {
    this.parts = parts;
    this.intake = intake;
    this.jobs = jobs;
    this.creation = creation;
    this.updates = updates;
    this.inheritance = inheritance;
    this.models = models;
  }

  CompletionStage<Void> answer(Party to, PartyCommand command) {
    intake.requireOpen();
    if (command instanceof PartyCommand.CreateJob create) {
      return create(to, create);
    }
    if (command instanceof PartyCommand.ModelCommand about) {
      return models.answer(to, about);
    }
    if (command instanceof PartyCommand.RerunJob again) {
      return jobs.revived(command.jobId(), shell -> shell.turn(() -> runAgain(shell, to, again)));
    }
    if (command instanceof PartyCommand.UpdateJob update) {
      return jobs.revived(command.jobId(), shell -> updates.take(shell, to, update));
    }
    if (command instanceof PartyCommand.AskRerun ask) {
      return jobs.revived(
          command.jobId(),
          shell ->
              shell
                  .ended()
                  .rerun(
                      new CoordinatorEvent.RerunAsked(ask.components(), ask.force(), ask.round())));
    }
    JobShell shell = jobs.get(command.jobId());
    if (shell == null) {
      return late(to, command);
    }
    if (command instanceof PartyCommand.TellJobStatus told) {
      return shell.party(to, heard(told));
    }
    if (command instanceof PartyCommand.AskSlots ask) {
      return shell.slots().asked(ask);
    }
    if (command instanceof PartyCommand.SlotsGranted granted) {
      return shell.slotsGranted(granted);
    }
    if (command instanceof PartyCommand.AskYield ask) {
      return shell.coordinator(new CoordinatorEvent.YieldAsked(ask.askRound()));
    }
    if (command instanceof PartyCommand.ReturnSlots returned) {
      return shell.slots().returned(returned);
    }
    if (command instanceof PartyCommand.PrepareTask prepare) {
      return shell.party(to, new PartyEvent.PrepareAsked(prepare.task()));
    }
    if (command instanceof PartyCommand.StartTask start) {
      PartyState state = shell.state(to);
      if (state != null) {
        requireLive(state.job());
      }
      return shell.party(to, new PartyEvent.StartAsked(start.task()));
    }
    if (command instanceof PartyCommand.TellTaskStatus told) {
      return shell.party(to, new PartyEvent.TaskTold(told.task(), told.status(), told.cause()));
    }
    if (command instanceof PartyCommand.ReportTask report) {
      return shell.coordinator(
          new CoordinatorEvent.TaskReported(
              report.task(), report.party(), report.status(), report.cause(), report.lost()));
    }
    if (command instanceof PartyCommand.AskAlign ask) {
      return shell.align(ask.parties(), ask.restarted());
    }
    PartyCommand.AskStop stop = (PartyCommand.AskStop) command;
    return shell.coordinator(
        new CoordinatorEvent.StopAsked(
            JobStatus.CANCELED, stop.cause().isEmpty() ? "stopped by " + stop.by() : stop.cause()));
  }

  /** In the job's lane: nobody cleans what is looked at meanwhile. */
  private CompletionStage<Void> runAgain(JobShell shell, Party to, PartyCommand.RerunJob again) {
    PartyState state = shell.state(to);
    if (state == null || shell.plan() == null || again.round() <= state.job().round()) {
      PartyEvent told = new PartyEvent.RerunTold(again.round(), again.attempts());
      return shell.alone(to, told, null);
    }
    requireInherited(state.job());
    Map<String, Map<String, Object>> params =
        state.job().edition() > 0 ? creation.params(shell.plan(), to) : Map.of();
    return Refusals.unless(
            () -> parts.policy().again(to, state.job().jobId(), shell.plan()),
            to + " does not allow the job to run again: ",
            false)
        .thenCompose(
            allowed ->
                KeptOutputs.require(
                    parts.stores().tracking(), state, shell.plan(), again.attempts().keySet()))
        .thenCompose(
            kept ->
                shell.alone(
                    to, new PartyEvent.RerunTold(again.round(), again.attempts(), params), null));
  }

  /** What was never taken over has no attempt that another one could follow. */
  private static void requireInherited(JobRow job) {
    if (job.inheritance().status() == Inheritance.Status.FAILED) {
      throw new FedflowException(
          FailureKind.CONFLICT,
          "job.inheritance",
          "job "
              + job.jobId()
              + " ended before "
              + job.party()
              + " took over its inheritance; submit it again");
    }
  }

  private static PartyEvent heard(PartyCommand.TellJobStatus told) {
    return new PartyEvent.JobTold(told.round(), told.status(), told.progress(), told.cause());
  }

  /** A command for a job without a shell: late if the job was here once, wrong otherwise. */
  private CompletionStage<Void> late(Party to, PartyCommand command) {
    String jobId = command.jobId();
    return parts
        .stores()
        .jobs()
        .jobs(JobQuery.of(jobId, to))
        .thenCompose(
            rows -> {
              if (rows.isEmpty()) {
                throw FedflowException.invalid(
                    "job.unknown", "job " + jobId + " is unknown at " + to);
              }
              if (!rows.get(0).status().terminal()) {
                throw new FedflowException(
                    FailureKind.UNAVAILABLE,
                    "job.given_up",
                    "job "
                        + jobId
                        + " was given up at "
                        + to
                        + ", which could not store it; it goes on when that site starts again");
              }
              if (command instanceof PartyCommand.TellJobStatus told
                  && told.round() > rows.get(0).round()) {
                // The end of a round that this party could not begin.
                return jobs.revived(jobId, shell -> shell.party(to, heard(told)));
              }
              if (command instanceof PartyCommand.StartTask) {
                requireLive(rows.get(0));
              }
              if (command instanceof PartyCommand.ReportTask report) {
                return tellEnd(jobId, List.of(report.party()));
              }
              return command instanceof PartyCommand.AskAlign ask
                  ? tellEnd(jobId, ask.parties())
                  : CompletableFuture.completedStage(null);
            });
  }

  /**
   * Tells parties how a job ended that they believe to be live, word by word: none may overtake one
   * that got lost. They ask again until they have them all.
   */
  private CompletionStage<Void> tellEnd(String jobId, List<Party> parties) {
    return parts
        .stores()
        .jobs()
        .coordination(jobId)
        .thenAccept(
            found ->
                found.ifPresent(
                    row -> parties.forEach(party -> tellInOrder(party, Implied.told(row, party)))));
  }

  private void tellInOrder(Party party, List<PartyCommand> words) {
    CompletionStage<Void> told = CompletableFuture.completedStage(null);
    for (PartyCommand word : words) {
      told = told.thenCompose(done -> parts.link().send(party, word));
    }
  }

  /** A coordinator that was away for too long would wait for a part that never runs. */
  private static void requireLive(JobRow job) {
    if (job.status().terminal()) {
      throw new FedflowException(
          FailureKind.CONFLICT,
          "job.ended",
          "the job ended there as " + job.status() + ": " + job.cause());
    }
  }

  private CompletionStage<Void> create(Party to, PartyCommand.CreateJob create) {
    JobCreation.Created created = creation.of(to, create);
    if (jobs.get(create.jobId()) != null) {
      return create(created);
    }
    intake.requireTaking();
    // The command may come again, even after the job's end.
    return parts
        .stores()
        .jobs()
        .countJobs(JobQuery.of(create.jobId(), to))
        .thenCompose(known -> known > 0 ? late(to, create) : create(created));
  }

  private CompletionStage<Void> create(JobCreation.Created created) {
    return creation
        .check(created)
        .thenCompose(
            checked -> jobs.own(checked.jobId()).thenCompose(mine -> createChecked(checked)));
  }

  private CompletionStage<Void> createChecked(JobCreation.Created created) {
    JobShell shell = jobs.beginning(created.jobId());
    return shell
        .create(created.plan(), created.state())
        .thenCompose(stored -> inheritance.take(shell, created.state().job().party()));
  }
}
