package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.ModelIds;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.dsl.TableRef;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.party.Party;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.TaskQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * All live jobs of one site: accepts documents, answers the commands of other parties, and picks up
 * after a restart what was live. Thread-safe; never blocks, but for {@link #recover}.
 */
public final class JobEngine implements PartyLink, PipelineManager {

  private static final int MAX_EVENTS = 10_000;

  private final EngineParts parts;
  private final DataManager data;
  private final JobIds ids;
  private final LongSupplier seeds;
  private final Map<String, JobShell> shells = new ConcurrentHashMap<>();

  /**
   * An engine without jobs.
   *
   * @param data for checks that bound tables exist
   * @param seeds draws a seed for jobs that give none
   */
  public JobEngine(EngineParts parts, DataManager data, JobIds ids, LongSupplier seeds) {
    this.parts = parts;
    this.data = data;
    this.ids = ids;
    this.seeds = seeds;
  }

  @Override
  public JobPlan plan(JobDocuments documents) {
    return JobPlanner.plan(documents, parts.catalog());
  }

  @Override
  public CompletionStage<Submitted> submit(JobDocuments documents) {
    JobPlan plan;
    try {
      plan = plan(documents);
    } catch (FedflowException refused) {
      return CompletableFuture.failedStage(refused);
    }
    String jobId = ids.next();
    long seed = plan.settings().seed() == null ? seeds.getAsLong() : plan.settings().seed();
    PartyCommand.CreateJob create =
        new PartyCommand.CreateJob(
            jobId,
            documents.dsl(),
            documents.conf(),
            plan.initiator(),
            seed,
            parts.clock().millis());
    JobShell shell = shells.computeIfAbsent(jobId, id -> fresh(id, 0));
    return shell
        .coordinate(plan, create)
        .thenCompose(stored -> shell.accepted())
        .thenApply(
            waiting ->
                new Submitted(
                    jobId,
                    plan.initiator(),
                    modelId(plan),
                    modelVersion(plan, jobId),
                    plan.warnings()));
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
  public CompletionStage<Optional<JobPlan>> planOf(String jobId) {
    return parts
        .stores()
        .jobs()
        .jobs(JobQuery.ofJob(jobId))
        .thenApply(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(row -> plan(new JobDocuments(row.dsl(), row.conf()))));
  }

  /** Answers a command to a party of this site. */
  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    if (command instanceof PartyCommand.CreateJob create) {
      return create(to, create);
    }
    JobShell shell = shells.get(command.jobId());
    if (shell == null) {
      return late(to, command);
    }
    if (command instanceof PartyCommand.TellJobStatus told) {
      return shell.party(to, new PartyEvent.JobTold(told.status(), told.progress(), told.cause()));
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
              report.task(), report.party(), report.status(), report.cause()));
    }
    PartyCommand.AskStop stop = (PartyCommand.AskStop) command;
    return shell.coordinator(
        new CoordinatorEvent.StopAsked(JobStatus.CANCELED, "stopped by " + stop.by()));
  }

  /** A command for a job without a shell: late if the job was here once, wrong otherwise. */
  private CompletionStage<Void> late(Party to, PartyCommand command) {
    return parts
        .stores()
        .jobs()
        .countJobs(JobQuery.ofJob(command.jobId()))
        .thenCompose(
            known ->
                known > 0
                    ? CompletableFuture.<Void>completedStage(null)
                    : CompletableFuture.<Void>failedStage(
                        FedflowException.invalid(
                            "job.unknown", "job " + command.jobId() + " is unknown at " + to)));
  }

  private CompletionStage<Void> create(Party to, PartyCommand.CreateJob create) {
    JobPlan plan;
    List<TaskRow> tasks;
    try {
      plan = plan(new JobDocuments(create.dsl(), create.conf()));
      if (!plan.initiator().equals(create.initiator()) || !plan.parties().contains(to)) {
        throw FedflowException.invalid(
            "job.parties",
            "job "
                + create.jobId()
                + ": found initiator "
                + create.initiator()
                + " and party "
                + to
                + ", its conf names "
                + plan.initiator()
                + " and "
                + plan.parties().all());
      }
      tasks = taskRows(create, plan, to);
    } catch (FedflowException refused) {
      return CompletableFuture.failedStage(refused);
    }
    JobRow row =
        new JobRow(
            create.jobId(),
            to,
            plan.initiator(),
            plan.parties(),
            create.dsl(),
            create.conf(),
            plan.settings().toTree(),
            modelId(plan),
            modelVersion(plan, create.jobId()),
            create.seed(),
            JobStatus.READY,
            0,
            "",
            "",
            create.createTime(),
            0,
            0,
            parts.clock().millis(),
            1);
    return requireTables(plan, to)
        .thenCompose(
            present ->
                shells
                    .computeIfAbsent(create.jobId(), id -> fresh(id, 0))
                    .create(plan, new PartyState(row, tasks)));
  }

  private List<TaskRow> taskRows(PartyCommand.CreateJob create, JobPlan plan, Party party) {
    List<TaskRow> rows = new ArrayList<>();
    for (PlannedTask task : plan.tasks()) {
      if (task.runsAt(party)) {
        Problems problems = new Problems();
        Map<String, Object> params =
            parts
                .catalog()
                .find(task.module())
                .orElseThrow()
                .descriptor()
                .resolve(task.params().get(party), "conf/" + task.component(), problems)
                .toTree();
        problems.throwIfAny();
        rows.add(
            new TaskRow(
                new TaskId(create.jobId(), task.component(), 0),
                party,
                task.module(),
                TaskStatus.WAITING,
                TaskStatus.WAITING,
                "",
                params,
                new Traffic(0, 0, 0, 0),
                create.createTime(),
                0,
                0,
                parts.clock().millis(),
                1));
      }
    }
    return rows;
  }

  /** A party refuses a job that names a table it does not have, before anything runs. */
  private CompletionStage<Void> requireTables(JobPlan plan, Party party) {
    List<CompletableFuture<Void>> checks = new ArrayList<>();
    for (PlannedTask task : plan.tasks()) {
      for (DataEdge edge : task.data()) {
        if (edge.source() instanceof DataEdge.StoredTable stored
            && stored.tables().get(party) != null) {
          TableRef ref = stored.tables().get(party);
          checks.add(
              data.find(ref.namespace(), ref.name())
                  .<Void>thenApply(
                      found -> {
                        found.orElseThrow(
                            () ->
                                FedflowException.invalid(
                                    "table.unknown",
                                    party
                                        + " "
                                        + task.component()
                                        + ": table "
                                        + ref
                                        + " ("
                                        + stored.reference()
                                        + ") is unknown at this site;"
                                        + " upload it first or correct name and namespace"));
                        return null;
                      })
                  .toCompletableFuture());
        }
      }
    }
    return CompletableFuture.allOf(checks.toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Picks up the jobs that were live when the last process ended. Their threads are gone: tasks
   * that ran are failed with that cause, and their jobs with them, at every party. Blocking; called
   * once before anything else.
   */
  public void recover() {
    for (String jobId : Stages.join(parts.stores().jobs().unfinished())) {
      List<JobRow> rows = Stages.join(parts.stores().jobs().jobs(JobQuery.ofJob(jobId)));
      Optional<CoordinationRow> coordination =
          Stages.join(parts.stores().jobs().coordination(jobId));
      JobShell shell = fresh(jobId, lastSequence(jobId));
      Map<Party, PartyState> states = new HashMap<>();
      for (JobRow row : rows) {
        states.put(row.party(), new PartyState(row, tasksOf(jobId, row.party())));
      }
      JobPlan plan =
          rows.isEmpty() ? null : plan(new JobDocuments(rows.get(0).dsl(), rows.get(0).conf()));
      shell.restore(plan, coordination.orElse(null), states);
      shells.put(jobId, shell);
      String cause = "the server restarted while the job was live";
      if (coordination.isPresent() && plan != null) {
        shell.coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, cause));
      }
      states.forEach((party, state) -> failRunning(shell, party, state, cause));
    }
  }

  private static void failRunning(JobShell shell, Party party, PartyState state, String cause) {
    for (TaskRow row : state.tasks()) {
      if (row.partyStatus() == TaskStatus.RUNNING) {
        shell.party(
            party,
            new PartyEvent.TaskEnded(
                row.task(),
                TaskStatus.FAILED,
                party + " " + row.task().component() + ": " + cause,
                row.traffic()));
      }
    }
  }

  private List<TaskRow> tasksOf(String jobId, Party party) {
    TaskQuery query =
        new TaskQuery(
            List.of(jobId),
            List.of(),
            List.of(party.role().name()),
            List.of(party.id()),
            java.util.Set.of(),
            java.util.Set.of(),
            true,
            0,
            100_000);
    return Stages.join(parts.stores().jobs().tasks(query));
  }

  private long lastSequence(String jobId) {
    long last = 0;
    while (true) {
      var page = Stages.join(parts.stores().jobs().events(jobId, last, MAX_EVENTS));
      if (page.isEmpty()) {
        return last;
      }
      last = page.get(page.size() - 1).sequence();
    }
  }

  private JobShell fresh(String jobId, long lastSequence) {
    return new JobShell(jobId, parts, lastSequence, () -> shells.remove(jobId));
  }

  private static String modelId(JobPlan plan) {
    return plan.settings().modelId() != null
        ? plan.settings().modelId()
        : ModelIds.modelId(plan.parties());
  }

  private static String modelVersion(JobPlan plan, String jobId) {
    return plan.settings().modelVersion() != null ? plan.settings().modelVersion() : jobId;
  }

  /** Ids of the jobs that are live at this site. */
  public List<String> live() {
    return List.copyOf(new LinkedHashMap<>(shells).keySet());
  }
}
