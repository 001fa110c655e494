package io.fedflow.job;

import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.model.ModelManager;
import io.fedflow.model.PipelineModelManager;
import io.fedflow.model.PipelineModels;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.TaskQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * All live jobs of one site: accepts documents, answers the commands of other parties, and picks up
 * after a restart what was live. Thread-safe; never blocks, but for {@link #recover}.
 */
public final class JobEngine implements PartyLink, PipelineManager {

  /** The code of {@link #siteClosed}. */
  static final String SITE_CLOSED = "site.closed";

  private final EngineParts parts;
  private final JobCreation creation;
  private final ParameterUpdates updates;
  private final JobCleaner cleaner;
  private final Inheritor inheritor;
  private final InheritanceAgreement agreement;
  private final QuestionDesk questions;
  private final ModelDesk modelDesk;
  private final PredictJobs predictions;
  private final DistributedModels pipelineModels;
  private final JobExplainer explainer;
  private final SlotDesk slots;
  private final JobIds ids;
  private final LongSupplier seeds;
  private final SiteHealth health;
  private final Map<String, JobShell> shells = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private volatile FedflowException leaving;

  /**
   * An engine without jobs.
   *
   * @param data for checks that bound tables exist
   * @param models what jobs that inherit take over, too
   * @param checkpoints what cleaning drops, too
   * @param seeds draws a seed for jobs that give none
   */
  public JobEngine(
      EngineParts parts,
      DataManager data,
      ModelManager models,
      TaskCheckpoints checkpoints,
      JobIds ids,
      LongSupplier seeds) {
    this.parts = parts;
    PipelineModels versions = new PipelineModels(parts.stores().models(), parts.stores().jobs());
    this.creation = new JobCreation(parts, data, versions);
    this.updates = new ParameterUpdates(parts, creation);
    this.cleaner = new JobCleaner(parts, data, checkpoints);
    this.inheritor = new Inheritor(parts, data, models);
    this.agreement = new InheritanceAgreement(parts);
    this.questions = new QuestionDesk(parts, inheritor, shells::get);
    this.health = new SiteHealth(parts.clock());
    this.slots = new SlotDesk(parts.slots(), parts.clock(), parts.telemetry(), shells::get);
    this.explainer = new JobExplainer(parts, slots, health);
    this.modelDesk = new ModelDesk(parts, versions, models);
    this.predictions = new PredictJobs(versions);
    this.pipelineModels = new DistributedModels(parts, versions, models, ids);
    this.ids = ids;
    this.seeds = seeds;
  }

  @Override
  public JobPlan plan(JobDocuments documents) {
    return JobPlanner.plan(documents, parts.catalog());
  }

  @Override
  public CompletionStage<Submitted> submit(JobDocuments documents) {
    return begin(documents).thenApply(Begun::submitted);
  }

  /** Submits a job; see {@link #submit}. */
  public CompletionStage<Begun> begin(JobDocuments documents) {
    return Stages.start(
        () ->
            PredictJobs.predicts(documents)
                ? predictions
                    .whole(documents)
                    .thenComposeAsync(whole -> begin(whole, plan(whole)), parts.blocking())
                : begin(documents, plan(documents)));
  }

  /**
   * A job that was accepted.
   *
   * @param submitted what was accepted
   * @param gone completes when the job is not live at this site any more; fails if it was given up
   *     before its end, because its state could not be stored or the site was closed
   */
  public record Begun(Submitted submitted, CompletionStage<Void> gone) {}

  private CompletionStage<Begun> begin(JobDocuments documents, JobPlan plan) {
    if (closed) {
      throw siteClosed();
    }
    requireTaking();
    WorkMode.check(plan, parts.here());
    return agreement.agree(documents, plan).thenCompose(agreed -> begin(documents, plan, agreed));
  }

  private CompletionStage<Begun> begin(
      JobDocuments documents, JobPlan plan, InheritanceAgreement.Agreed agreed) {
    List<Problem> warnings = new ArrayList<>(plan.warnings());
    warnings.addAll(agreed.warnings());
    String jobId = ids.next();
    long seed = plan.settings().seed() == null ? seeds.getAsLong() : plan.settings().seed();
    PartyCommand.CreateJob create =
        new PartyCommand.CreateJob(
            jobId,
            documents.dsl(),
            documents.conf(),
            plan.initiator(),
            seed,
            parts.clock().millis(),
            agreed.inherited());
    JobShell shell = beginning(jobId);
    return shell
        .coordinate(plan, create, agreed.statuses())
        .thenCompose(stored -> shell.accepted())
        .thenApply(
            waiting ->
                new Begun(
                    new Submitted(
                        jobId,
                        plan.initiator(),
                        JobCreation.modelId(plan),
                        JobCreation.modelVersion(plan, jobId),
                        warnings),
                    shell.gone()));
  }

  @Override
  public CompletionStage<Boolean> stop(String jobId, String by) {
    return parts
        .stores()
        .jobs()
        .jobs(JobQuery.ofJob(jobId))
        .thenCompose(
            rows -> {
              Optional<JobRow> live =
                  rows.stream().filter(row -> !row.status().terminal()).findFirst();
              return live.isEmpty()
                  ? CompletableFuture.completedStage(false)
                  : parts
                      .link()
                      .send(live.get().initiator(), new PartyCommand.AskStop(jobId, by))
                      .thenApply(stored -> true);
            });
  }

  @Override
  public CompletionStage<Void> rerun(
      String jobId, List<String> components, boolean force, String by) {
    return parts
        .stores()
        .jobs()
        .jobs(JobQuery.ofJob(jobId))
        .thenCompose(
            rows -> {
              if (rows.isEmpty()) {
                throw FedflowException.invalid(
                    "job.unknown", "this site does not know job " + jobId);
              }
              JobRow any = rows.get(0);
              return parts
                  .link()
                  .send(any.initiator(), new PartyCommand.AskRerun(jobId, by, components, force))
                  .thenCompose(stored -> accepted(jobId, any.parties()));
            });
  }

  @Override
  public CompletionStage<Updated> updateParameters(String jobId, ParameterUpdate update) {
    return Stages.start(() -> revived(jobId, shell -> updates.update(shell, update)));
  }

  @Override
  public CompletionStage<Cleaned> clean(TaskQuery tasks) {
    return parts
        .stores()
        .jobs()
        .tasks(tasks)
        .thenCompose(
            rows -> {
              Map<String, List<TaskRow>> byJob =
                  rows.stream()
                      .collect(
                          Collectors.groupingBy(
                              row -> row.task().jobId(), LinkedHashMap::new, Collectors.toList()));
              Map<String, String> outcomes = new LinkedHashMap<>();
              CompletionStage<Void> done = CompletableFuture.completedStage(null);
              for (Map.Entry<String, List<TaskRow>> job : byJob.entrySet()) {
                done = done.thenCompose(ok -> clean(job.getKey(), job.getValue(), outcomes));
              }
              return done.thenApply(ok -> new Cleaned(outcomes));
            });
  }

  private CompletionStage<Void> clean(
      String jobId, List<TaskRow> attempts, Map<String, String> outcomes) {
    return Stages.start(
            () -> revived(jobId, shell -> shell.whileEnded(() -> cleaner.clean(jobId, attempts))))
        .handle(
            (ok, failed) -> {
              outcomes.put(jobId, failed == null ? "" : JobOutbox.reason(Stages.unwrap(failed)));
              return null;
            });
  }

  @Override
  public CompletionStage<Void> describe(String jobId, Party party, String notes) {
    return Stages.start(
        () -> {
          if (notes.length() > MOST_NOTES) {
            throw FedflowException.invalid(
                "job.notes",
                "notes: found " + notes.length() + " characters, allowed " + MOST_NOTES);
          }
          return revived(jobId, shell -> shell.party(party, new PartyEvent.NotesGiven(notes)));
        });
  }

  @Override
  public CompletionStage<Void> approve(String jobId, Party party, String by) {
    JobShell shell = shells.get(jobId);
    return shell == null
        ? CompletableFuture.failedStage(
            FedflowException.invalid(
                "job.not_live",
                "job " + jobId + " is not live at this site: nothing is to be approved"))
        : shell.party(party, new PartyEvent.Approved(by));
  }

  /** Completes when a job that is coordinated here waits everywhere. */
  private CompletionStage<Void> accepted(String jobId, Parties parties) {
    JobShell shell = shells.get(jobId);
    if (shell != null) {
      return shell.coordinates() ? shell.accepted() : CompletableFuture.completedStage(null);
    }
    // It ended meanwhile: well or not, or because a party could not run it again.
    return parts
        .stores()
        .jobs()
        .coordination(jobId)
        .thenAccept(
            row -> {
              if (row.isPresent() && row.get().created().size() < parties.all().size()) {
                throw FedflowException.cancelled("job " + jobId + " ended: " + row.get().cause());
              }
            });
  }

  /** Completes when a job is not live at this site any more; see {@link Begun#gone}. */
  public CompletionStage<Void> gone(String jobId) {
    JobShell shell = shells.get(jobId);
    return shell == null ? CompletableFuture.completedStage(null) : shell.gone();
  }

  @Override
  public CompletionStage<List<Wait>> explain(String jobId) {
    JobShell shell = shells.get(jobId);
    return Stages.start(
        () ->
            shell == null
                ? explainer.stored(jobId)
                : CompletableFuture.completedStage(explainer.live(shell.glimpse())));
  }

  @Override
  public CompletionStage<Optional<JobPlan>> planOf(String jobId) {
    return parts
        .stores()
        .jobs()
        .jobs(JobQuery.ofJob(jobId))
        .thenApply(
            rows -> JobRow.leading(rows).map(row -> plan(new JobDocuments(row.dsl(), row.conf()))));
  }

  /** Answers a question to a party of this site. */
  @Override
  public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
    return Stages.start(
        () -> {
          if (closed) {
            throw siteClosed();
          }
          return questions.answer(to, question);
        });
  }

  /** Answers a command to a party of this site. */
  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    return Stages.start(() -> answer(to, command));
  }

  private CompletionStage<Void> answer(Party to, PartyCommand command) {
    if (closed) {
      throw siteClosed();
    }
    if (command instanceof PartyCommand.CreateJob create) {
      return create(to, create);
    }
    if (command instanceof PartyCommand.ModelCommand about) {
      return modelDesk.answer(to, about);
    }
    if (command instanceof PartyCommand.RerunJob again) {
      return revived(command.jobId(), shell -> runAgain(shell, to, again));
    }
    if (command instanceof PartyCommand.UpdateJob update) {
      return revived(command.jobId(), shell -> updates.take(shell, to, update));
    }
    if (command instanceof PartyCommand.AskRerun ask) {
      return revived(
          command.jobId(),
          shell -> shell.rerun(new CoordinatorEvent.RerunAsked(ask.components(), ask.force())));
    }
    JobShell shell = shells.get(command.jobId());
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
        new CoordinatorEvent.StopAsked(JobStatus.CANCELED, "stopped by " + stop.by()));
  }

  private CompletionStage<Void> runAgain(JobShell shell, Party to, PartyCommand.RerunJob again) {
    PartyState state = shell.state(to);
    if (state == null || shell.plan() == null || again.round() <= state.job().round()) {
      return shell.party(to, new PartyEvent.RerunTold(again.round(), again.attempts()));
    }
    Map<String, Map<String, Object>> params =
        state.job().edition() > 0 ? creation.params(shell.plan(), to) : Map.of();
    return KeptOutputs.require(
            parts.stores().tracking(), state, shell.plan(), again.attempts().keySet())
        .thenCompose(
            kept ->
                shell.party(to, new PartyEvent.RerunTold(again.round(), again.attempts(), params)));
  }

  /** Does something with a job that may have left this site's memory. */
  private <T> CompletionStage<T> revived(
      String jobId, Function<JobShell, CompletionStage<T>> work) {
    requireTaking();
    JobShell live = shells.computeIfPresent(jobId, (id, known) -> known.expect());
    CompletionStage<JobShell> shell =
        live != null
            ? CompletableFuture.completedStage(live)
            : new JobRecovery(parts.stores().jobs())
                .read(jobId, this::plan)
                .thenApply(left -> revive(jobId, left));
    return shell.thenCompose(
        found -> Stages.start(() -> work.apply(found)).whenComplete((ok, failed) -> found.begun()));
  }

  private JobShell revive(String jobId, JobRecovery.Left left) {
    if (left.states().isEmpty()) {
      throw FedflowException.invalid("job.unknown", "this site does not know job " + jobId);
    }
    return shells.compute(
        jobId,
        (id, known) -> {
          JobShell shell = known;
          if (shell == null) {
            shell = fresh(id, left.lastSequence());
            shell.restore(left.plan(), left.coordination(), left.states());
            slots.restored();
          }
          return shell.expect();
        });
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
                return revived(jobId, shell -> shell.party(to, heard(told)));
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

  private CompletionStage<Void> create(Party to, PartyCommand.CreateJob create) {
    JobCreation.Created created = creation.of(to, create);
    if (shells.containsKey(create.jobId())) {
      return create(created);
    }
    requireTaking();
    // The command may come again, even after the job's end.
    return parts
        .stores()
        .jobs()
        .countJobs(JobQuery.of(create.jobId(), to))
        .thenCompose(known -> known > 0 ? late(to, create) : create(created));
  }

  private CompletionStage<Void> create(JobCreation.Created created) {
    return creation.check(created).thenCompose(this::createChecked);
  }

  private CompletionStage<Void> createChecked(JobCreation.Created created) {
    JobShell shell = beginning(created.jobId());
    JobRow job = created.state().job();
    List<String> inherited =
        job.inheritance().components().stream()
            .filter(
                name -> created.plan().task(name).filter(t -> t.runsAt(job.party())).isPresent())
            .toList();
    CompletionStage<Void> stored = shell.create(created.plan(), created.state());
    return job.inheritance().any()
        ? stored.thenCompose(ok -> shell.inherit(job.party(), () -> inheritor.take(job, inherited)))
        : stored;
  }

  /** The shell of a job that is to begin here; it stays at least until it did. */
  private JobShell beginning(String jobId) {
    JobShell shell =
        shells.compute(jobId, (id, known) -> (known == null ? fresh(id, 0) : known).expect());
    if (closed) {
      shell.close(siteClosed());
    }
    return shell;
  }

  private JobShell fresh(String jobId, long lastSequence) {
    return new JobShell(jobId, parts, health, slots, lastSequence, this::leave);
  }

  private void leave(JobShell shell) {
    JobShell kept =
        shells.computeIfPresent(
            shell.jobId(), (id, known) -> known == shell && known.isOver() ? null : known);
    if (kept != shell) {
      shell.left();
    }
  }

  /**
   * Goes on with the jobs that were live when the last process ended. Its threads are gone: what
   * they ran is reported as lost, and run again. Blocking; called once before anything else.
   */
  public void recover() {
    JobRecovery recovery = new JobRecovery(parts.stores().jobs());
    Map<JobShell, JobRecovery.Left> all = new LinkedHashMap<>();
    for (String jobId : recovery.unfinished()) {
      JobRecovery.Left left = Stages.join(recovery.read(jobId, this::plan));
      JobShell shell = fresh(jobId, left.lastSequence());
      shell.restore(left.plan(), left.coordination(), left.states());
      shells.put(jobId, shell);
      all.put(shell, left);
    }
    // Only now: what is held must be counted before anybody asks.
    slots.restored();
    all.forEach((shell, left) -> shell.atOnce(() -> left.resume(shell)));
  }

  /**
   * Ends everything that waits for a job of this site. The jobs stay as they are stored, for {@link
   * #recover}; nothing begins any more. Again is without effect.
   */
  public void close() {
    closed = true;
    shells.values().forEach(shell -> shell.close(siteClosed()));
  }

  /** The failure of whatever a closed site is asked for. */
  static FedflowException siteClosed() {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        SITE_CLOSED,
        "the site was closed; its live jobs are picked up when it is started again");
  }

  /**
   * Takes no more jobs, from users and from other parties, and runs none again; what is live goes
   * on. Cannot be undone.
   *
   * @param reason what is told to whoever asks, for example "the server is going down"
   */
  public void takeNoMoreJobs(String reason) {
    leaving =
        new FedflowException(
            FailureKind.UNAVAILABLE,
            "site.leaving",
            "this site takes no more jobs: " + reason + "; submit again when it is back");
  }

  private void requireTaking() {
    if (leaving != null) {
      throw leaving;
    }
    health
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    health
        .storeOutage()
        .ifPresent(
            outage -> {
              throw outage.refusal();
            });
  }

  /** The pipeline models of this site. */
  public PipelineModelManager pipelineModels() {
    return pipelineModels;
  }

  /** The slots of this site. */
  public SlotDesk slots() {
    return slots;
  }

  /** Whether this site can still do its work. */
  public SiteHealth health() {
    return health;
  }

  /** What the machines of this site ignored, and why. */
  public IgnoredEvents ignored() {
    return parts.ignored();
  }

  /** Tells whether a job is live at this site. */
  public boolean isLive(String jobId) {
    return shells.containsKey(jobId);
  }

  /** Tells whether tasks of a job may run at this site, now or later, and take messages. */
  public boolean takesMessages(String jobId) {
    JobShell shell = shells.get(jobId);
    return shell != null && shell.takesMessages();
  }

  /** Ids of the jobs that are live at this site. */
  public List<String> live() {
    return List.copyOf(shells.keySet());
  }

  /** What a live job is at this site in memory, between two turns; empty if it is not live here. */
  public Optional<LiveJob> live(String jobId) {
    return Optional.ofNullable(shells.get(jobId)).map(JobShell::live);
  }

  /**
   * A live job as it is in memory: what a restart would read.
   *
   * @param coordination the coordinator's row, if this site coordinates
   * @param parties the states of local parties
   */
  public record LiveJob(Optional<CoordinationRow> coordination, List<PartyState> parties) {}
}
