package io.fedflow.job;

import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModels;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.PartyGate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who may say what about a job: the words that move it come from the party that coordinates it,
 * reports and wishes from parties that take part in it. A live job is asked in memory, an ended one
 * in the store. Thread-safe; never blocks.
 */
final class WordRules implements PartyGate {

  private final EngineParts parts;
  private final Function<String, JobShell> shells;
  private final PipelineModels versions;

  /**
   * Rules over the jobs of a site.
   *
   * @param shells gives the shell of a live job; null for others
   */
  WordRules(EngineParts parts, Function<String, JobShell> shells, PipelineModels versions) {
    this.parts = parts;
    this.shells = shells;
    this.versions = versions;
  }

  /**
   * Who takes part in a job.
   *
   * @param plan null for a job that is not live here, or whose documents do not plan any more
   */
  private record Standing(Party initiator, Parties parties, JobPlan plan) {

    private boolean runs(String component, Party party) {
      return parties.contains(party)
          && (plan == null || plan.task(component).filter(task -> task.runsAt(party)).isPresent());
    }
  }

  @Override
  public CompletionStage<Void> admit(Set<String> from, Party to, PartyCommand command) {
    if (command instanceof PartyCommand.ModelCommand about) {
      return model(from, to, about);
    }
    String heir = name(command) + " that takes over from another job";
    CompletionStage<Void> checked =
        standing(command.jobId())
            .thenAccept(known -> known.ifPresent(job -> require(job, from, command)));
    return command instanceof PartyCommand.CreateJob create && create.inherited().any()
        ? checked
            .thenCompose(ok -> standing(create.inherited().jobId()))
            .thenAccept(source -> source.ifPresent(job -> requirePart(job, from, heir)))
        : checked;
  }

  @Override
  public CompletionStage<Void> admit(Set<String> from, Party to, PartyQuestion question) {
    String what = name(question) + " of job " + question.jobId();
    return standing(question.jobId())
        .thenAccept(
            known ->
                known.ifPresent(
                    job -> {
                      if (question instanceof PartyQuestion.CollectTasks) {
                        requireCoordinator(job, from, what);
                      } else {
                        requirePart(job, from, what);
                      }
                    }));
  }

  @Override
  public void admit(Envelope.Key message) {
    JobShell shell = shells.apply(message.task().jobId());
    live(shell)
        .ifPresent(
            job -> {
              String what = "message " + message.tag() + " of task " + message.task();
              requireRuns(job, message.task().component(), message.from(), what);
              requireRuns(job, message.task().component(), message.to(), what);
            });
  }

  private static void require(Standing job, Set<String> from, PartyCommand command) {
    String what = name(command) + " of job " + command.jobId();
    if (command instanceof PartyCommand.CreateJob create) {
      requireCoordinator(job, from, what);
      if (!create.initiator().equals(job.initiator())) {
        throw refused(what, "initiator " + create.initiator(), "the initiator of the known job");
      }
    } else if (command instanceof PartyCommand.ReportTask report) {
      requireOwn(from, List.of(report.party()), what);
      requireRuns(job, report.task().component(), report.party(), what);
    } else if (command instanceof PartyCommand.AskAlign align) {
      requireOwn(from, align.parties(), what);
      requireMembers(job, align.parties(), what);
    } else if (command instanceof PartyCommand.SlotsGranted granted) {
      requireOwn(from, granted.slots().keySet(), what);
      requireMembers(job, granted.slots().keySet(), what);
    } else if (command instanceof PartyCommand.AskStop
        || command instanceof PartyCommand.AskRerun
        || command instanceof PartyCommand.AskYield) {
      requirePart(job, from, what);
    } else {
      // Whatever else is said moves the job along.
      requireCoordinator(job, from, what);
    }
  }

  private CompletionStage<Void> model(
      Set<String> from, Party to, PartyCommand.ModelCommand command) {
    String version = command.jobId();
    if (command instanceof PartyCommand.DeployModel deploy) {
      version = deploy.trained();
    } else if (command instanceof PartyCommand.MigrateModel migrate) {
      version = migrate.from();
    }
    String what = name(command) + " of version " + version;
    return versions
        .find(version, to)
        .thenAccept(
            found ->
                found
                    .map(PipelineModel::parties)
                    .filter(parties -> parties.all().stream().noneMatch(own(from)))
                    .ifPresent(
                        others -> {
                          throw refused(what, sites(from), "a site of the model's parties");
                        }));
  }

  private CompletionStage<Optional<Standing>> standing(String jobId) {
    Optional<Standing> live = live(shells.apply(jobId));
    return live.isPresent()
        ? CompletableFuture.completedStage(live)
        : parts
            .stores()
            .jobs()
            .jobs(JobQuery.ofJob(jobId))
            .thenApply(
                rows ->
                    rows.stream()
                        .findFirst()
                        .map(row -> new Standing(row.initiator(), row.parties(), null)));
  }

  private static Optional<Standing> live(JobShell shell) {
    if (shell == null) {
      return Optional.empty();
    }
    JobPlan plan = shell.plan();
    Optional<Standing> view =
        shell.views().stream()
            .findFirst()
            .map(row -> new Standing(row.initiator(), row.parties(), plan));
    CoordinationRow coordination = shell.coordination();
    return view.isPresent() || coordination == null || plan == null
        ? view
        : Optional.of(new Standing(coordination.initiator(), plan.parties(), plan));
  }

  private static Predicate<Party> own(Set<String> from) {
    return party -> from.contains(party.id());
  }

  private static void requireCoordinator(Standing job, Set<String> from, String what) {
    if (!from.contains(job.initiator().id())) {
      throw refused(what, sites(from), "the site that coordinates the job");
    }
  }

  private static void requirePart(Standing job, Set<String> from, String what) {
    if (job.parties().all().stream().noneMatch(own(from))) {
      throw refused(what, sites(from), "a site of the job's parties");
    }
  }

  /** Over TLS it is proved, too; a claim that contradicts itself is wrong without. */
  private static void requireOwn(Set<String> from, Collection<Party> parties, String what) {
    if (!parties.stream().allMatch(own(from))) {
      throw refused(what, sites(from), "the site of " + new TreeSet<>(parties));
    }
  }

  private static void requireMembers(Standing job, Collection<Party> parties, String what) {
    for (Party party : parties) {
      if (!job.parties().contains(party)) {
        throw refused(what, party.toString(), "parties of the job, in their roles");
      }
    }
  }

  private static void requireRuns(Standing job, String component, Party party, String what) {
    if (!job.runs(component, party)) {
      throw refused(what, party.toString(), "parties of the job that run " + component);
    }
  }

  private static String sites(Set<String> from) {
    return "a site of parties " + new TreeSet<>(from);
  }

  private static String name(Object word) {
    return word.getClass().getSimpleName();
  }

  /** Names nobody whom the caller did not name: it may be a stranger to the job. */
  private static FedflowException refused(String what, String found, String allowed) {
    return FedflowException.peer(
        NOT_ENTITLED, what + ": found " + found + ", allowed from " + allowed);
  }
}
