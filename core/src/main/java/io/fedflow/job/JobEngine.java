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
import io.fedflow.federation.Envelope;
import io.fedflow.model.ModelManager;
import io.fedflow.model.PipelineModelManager;
import io.fedflow.model.PipelineModels;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.pipeline.Retention;
import io.fedflow.pipeline.Swept;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.PartyEntrance;
import io.fedflow.spi.TaskQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * All live jobs of one site: accepts documents, answers the commands of other parties, and picks up
 * after a restart what was live. Thread-safe; never blocks, but for {@link #recover}.
 */
public final class JobEngine implements PartyEntrance, PipelineManager {

  private final EngineParts parts;
  private final JobIntake intake;
  private final LiveJobs jobs;
  private final ParameterUpdates updates;
  private final JobCleaner cleaner;
  private final RetentionSweep sweep;
  private final InheritanceAgreement agreement;
  private final CommandDesk commands;
  private final QuestionDesk questions;
  private final WordRules rules;
  private final PredictJobs predictions;
  private final DistributedModels pipelineModels;
  private final JobExplainer explainer;
  private final ApprovalWaits approvals;
  private final JobIds ids;
  private final LongSupplier seeds;
  private final SiteHealth health;
  private final InstanceKeeper keeper;

  /**
   * An engine without jobs.
   *
   * @param data for checks that bound tables exist
   * @param models what jobs that inherit take over, too
   * @param checkpoints what cleaning drops, too
   * @param caches what cleaning drops and jobs that inherit take over, too
   * @param seeds draws a seed for jobs that give none
   * @param times how long this instance counts without a word, among those that share its stores
   */
  public JobEngine(
      EngineParts parts,
      DataManager data,
      ModelManager models,
      TaskCheckpoints checkpoints,
      TaskCaches caches,
      JobIds ids,
      LongSupplier seeds,
      InstanceTimes times) {
    this.parts = parts;
    this.health = new SiteHealth(parts.clock());
    this.intake = new JobIntake(health);
    this.jobs = new LiveJobs(parts, health, intake, this::plan);
    this.keeper = new InstanceKeeper(parts, times, health, jobs);
    PipelineModels versions = new PipelineModels(parts.stores().models(), parts.stores().jobs());
    JobCreation creation = new JobCreation(parts, data, versions);
    this.updates = new ParameterUpdates(parts, creation);
    this.cleaner = new JobCleaner(parts, data, checkpoints, caches);
    this.sweep = new RetentionSweep(parts, jobs, cleaner, data);
    Inheritor inheritor = new Inheritor(parts, creation, data, models, caches);
    InheritanceTurn inheritance = new InheritanceTurn(jobs, inheritor);
    this.agreement = new InheritanceAgreement(parts);
    ModelDesk modelDesk = new ModelDesk(parts, versions, models);
    this.commands = new CommandDesk(parts, intake, jobs, creation, updates, inheritance, modelDesk);
    ApprovalReasons reasons = new ApprovalReasons(parts, jobs::get);
    this.questions = new QuestionDesk(parts, inheritor, reasons, jobs::get);
    this.rules = new WordRules(parts, jobs::get, versions);
    this.explainer = new JobExplainer(parts, jobs.slots(), health);
    this.approvals = new ApprovalWaits(parts, reasons);
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
    intake.requireOpen();
    intake.requireTaking();
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
    JobShell shell = jobs.beginning(jobId);
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
              int round = rows.stream().mapToInt(JobRow::round).max().getAsInt();
              return parts
                  .link()
                  .send(
                      any.initiator(),
                      new PartyCommand.AskRerun(jobId, by, components, force, round))
                  .thenCompose(stored -> accepted(jobId, any.parties()));
            });
  }

  @Override
  public CompletionStage<Updated> updateParameters(String jobId, ParameterUpdate update) {
    return Stages.start(() -> jobs.revived(jobId, shell -> updates.update(shell, update)));
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
            () ->
                jobs.revived(
                    jobId, shell -> shell.ended().hold(() -> cleaner.clean(jobId, attempts))))
        .handle(
            (ok, failed) -> {
              outcomes.put(jobId, failed == null ? "" : JobOutbox.reason(Stages.unwrap(failed)));
              return null;
            });
  }

  /** Counts what tasks wait for among the outages of the store. */
  public void watch(StoreRetries retries) {
    retries.tell(health.store());
  }

  @Override
  public CompletionStage<Swept> sweep(Retention keep, boolean dryRun) {
    return sweep.run(keep, dryRun);
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
          return jobs.revived(jobId, shell -> shell.party(party, new PartyEvent.NotesGiven(notes)));
        });
  }

  @Override
  public CompletionStage<Void> approve(String jobId, Party party, String by) {
    JobShell shell = jobs.get(jobId);
    return shell == null
        ? CompletableFuture.failedStage(
            FedflowException.invalid(
                "job.not_live",
                "job " + jobId + " is not live at this site: nothing is to be approved"))
        : shell.party(party, new PartyEvent.Approved(by));
  }

  @Override
  public CompletionStage<Void> reject(String jobId, Party party, String by, String reason) {
    return Stages.start(
        () -> {
          if (reason.length() > MOST_REASON || reason.chars().anyMatch(c -> c < ' ')) {
            throw FedflowException.invalid(
                "job.reason",
                "reason: found "
                    + reason.length()
                    + " characters, allowed at most "
                    + MOST_REASON
                    + " without control characters");
          }
          JobShell shell = jobs.get(jobId);
          PartyState state = shell == null ? null : shell.state(party);
          if (state == null || !state.job().unapproved() || state.job().status().terminal()) {
            throw new FedflowException(
                FailureKind.CONFLICT,
                "job.not_pending",
                "job "
                    + jobId
                    + " does not wait for an approval of "
                    + party
                    + " at this site: nothing is to be rejected; stop it instead");
          }
          String cause =
              party
                  + " rejected the job"
                  + (reason.isEmpty() ? "" : ": " + reason)
                  + " (by "
                  + by
                  + ") ["
                  + CauseCode.POLICY_REFUSED
                  + ']';
          return parts
              .link()
              .send(state.job().initiator(), new PartyCommand.AskStop(jobId, by, cause));
        });
  }

  /** Completes when a job that is coordinated here waits everywhere. */
  private CompletionStage<Void> accepted(String jobId, Parties parties) {
    JobShell shell = jobs.get(jobId);
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
    JobShell shell = jobs.get(jobId);
    return shell == null ? CompletableFuture.completedStage(null) : shell.gone();
  }

  @Override
  public CompletionStage<List<Wait>> explain(String jobId) {
    JobShell shell = jobs.get(jobId);
    return Stages.start(
        () ->
            shell == null
                ? explainer.stored(jobId)
                : approvals.asked(explainer.live(shell.glimpse())));
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
          intake.requireOpen();
          return questions.answer(to, question);
        });
  }

  /** Answers a command to a party of this site. */
  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    return Stages.start(() -> commands.answer(to, command));
  }

  @Override
  public CompletionStage<Void> admit(Set<String> from, Party to, PartyCommand command) {
    return Stages.start(
        () -> {
          intake.requireOpen();
          return rules.admit(from, to, command);
        });
  }

  @Override
  public CompletionStage<Void> admit(Set<String> from, Party to, PartyQuestion question) {
    return Stages.start(
        () -> {
          intake.requireOpen();
          return rules.admit(from, to, question);
        });
  }

  @Override
  public void admit(Envelope.Key message) {
    rules.admit(message);
  }

  /**
   * Goes on with the jobs that were live when the last process ended. Its threads are gone: what
   * they ran is reported as lost, and run again. Among instances that share stores it goes on with
   * what none of them owns, now and later. Blocking; called once before anything else.
   */
  public void recover() {
    if (parts.stores().instances().shared()) {
      keeper.begin();
    } else {
      jobs.recover();
    }
  }

  /**
   * Lets other instances that share the stores go on with the jobs of this one; after {@link
   * #close}. Nothing is stored any more. Again is without effect.
   */
  public CompletionStage<Void> leave() {
    return keeper.leave();
  }

  /**
   * Ends everything that waits for a job of this site. The jobs stay as they are stored, for {@link
   * #recover}; nothing begins any more. Again is without effect.
   */
  public void close() {
    intake.close();
    jobs.close();
  }

  /**
   * Takes no more jobs, from users and from other parties, and runs none again; what is live goes
   * on. Cannot be undone.
   *
   * @param reason what is told to whoever asks, for example "the server is going down"
   */
  public void takeNoMoreJobs(String reason) {
    intake.leave(reason);
  }

  /** The pipeline models of this site. */
  public PipelineModelManager pipelineModels() {
    return pipelineModels;
  }

  /** The slots of this site. */
  public SlotDesk slots() {
    return jobs.slots();
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
    return jobs.get(jobId) != null;
  }

  /** Tells whether tasks of a job may run at this site, now or later, and take messages. */
  public boolean takesMessages(String jobId) {
    JobShell shell = jobs.get(jobId);
    return shell != null && shell.takesMessages();
  }

  /** Ids of the jobs that are live at this site. */
  public List<String> live() {
    return jobs.ids();
  }

  /** What a live job is at this site in memory, between two turns; empty if it is not live here. */
  public Optional<LiveJob> live(String jobId) {
    return Optional.ofNullable(jobs.get(jobId)).map(JobShell::live);
  }

  /**
   * A live job as it is in memory: what a restart would read.
   *
   * @param coordination the coordinator's row, if this site coordinates
   * @param parties the states of local parties
   */
  public record LiveJob(Optional<CoordinationRow> coordination, List<PartyState> parties) {}
}
