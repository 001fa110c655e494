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
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModels;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a party takes part in a new job: it plans the documents itself, resolves its own parameters
 * and checks its own tables. Thread-safe.
 */
final class JobCreation {

  private final EngineParts parts;
  private final DataManager data;
  private final PipelineModels models;

  JobCreation(EngineParts parts, DataManager data, PipelineModels models) {
    this.parts = parts;
    this.data = data;
    this.models = models;
  }

  /** A job as one party is about to store it. */
  record Created(JobPlan plan, PartyState state) {

    String jobId() {
      return state.job().jobId();
    }

    Created waitingForApproval(boolean so) {
      return new Created(plan, state.with(state.job().unapproved(so)));
    }
  }

  /**
   * Plans a job for a party.
   *
   * @throws FedflowException if the documents are wrong, or do not name the party or the initiator
   */
  Created of(Party to, PartyCommand.CreateJob create) {
    JobPlan plan = JobPlanner.plan(new JobDocuments(create.dsl(), create.conf()), parts.catalog());
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
    return new Created(plan, new PartyState(jobRow(create, plan, to), taskRows(create, plan, to)));
  }

  private JobRow jobRow(PartyCommand.CreateJob create, JobPlan plan, Party to) {
    return new JobRow(
        create.jobId(),
        to,
        plan.initiator(),
        plan.parties(),
        create.dsl(),
        create.conf(),
        settings(plan),
        modelId(plan),
        modelVersion(plan, create.jobId()),
        create.seed(),
        JobStatus.READY,
        0,
        "",
        "",
        0,
        0,
        0,
        false,
        create.createTime(),
        0,
        0,
        parts.clock().millis(),
        1,
        0,
        create.inherited().any()
            ? create.inherited().in(Inheritance.Status.RUNNING)
            : Inheritance.NONE);
  }

  /** The completed job parameters, as rows show them. */
  Map<String, Object> settings(JobPlan plan) {
    Map<String, Object> tree = new LinkedHashMap<>(plan.settings().toTree());
    tree.put("work_mode_used", WorkMode.used(plan, parts.here()));
    return tree;
  }

  private List<TaskRow> taskRows(PartyCommand.CreateJob create, JobPlan plan, Party party) {
    List<TaskRow> rows = new ArrayList<>();
    params(plan, party)
        .forEach(
            (component, params) -> {
              // What is inherited gets its row when that was taken over.
              if (!create.inherited().components().contains(component)) {
                rows.add(
                    TaskRow.waiting(
                        new TaskId(create.jobId(), component, 0),
                        party,
                        plan.task(component).orElseThrow().module(),
                        params,
                        create.createTime(),
                        parts.clock().millis()));
              }
            });
    return rows;
  }

  /** The parameters of every component that a party runs, defaults included, in plan order. */
  Map<String, Map<String, Object>> params(JobPlan plan, Party party) {
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
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
        all.put(task.component(), params);
      }
    }
    return all;
  }

  /**
   * Completes with what is to be stored if the party may and can take part; fails with what it
   * refuses the job for.
   */
  CompletionStage<Created> check(Created created) {
    return askPolicy(created)
        .thenCompose(allowed -> requireTables(allowed).thenApply(present -> allowed))
        .thenCompose(allowed -> requireModel(allowed).thenApply(present -> allowed));
  }

  private CompletionStage<Created> askPolicy(Created created) {
    Party party = created.state().job().party();
    return Stages.start(() -> parts.policy().decide(party, created.jobId(), created.plan()))
        .handle(
            (decision, failed) -> {
              if (failed != null) {
                Throwable why = Stages.unwrap(failed);
                throw refused(party, "its policy cannot be asked: " + JobOutbox.reason(why), why);
              }
              if (decision instanceof JobPolicy.Decision.Refuse refuse) {
                throw refused(party, refuse.reason(), null);
              }
              return created.waitingForApproval(decision instanceof JobPolicy.Decision.Ask);
            });
  }

  private static FedflowException refused(Party party, String reason, Throwable cause) {
    return new FedflowException(
        FailureKind.PEER,
        CauseCode.POLICY_REFUSED,
        party + " does not allow the job: " + reason,
        cause);
  }

  /** A party refuses a job that names a table it does not have, before anything runs. */
  private CompletionStage<Void> requireTables(Created created) {
    Party party = created.state().job().party();
    List<CompletableFuture<Void>> checks = new ArrayList<>();
    for (PlannedTask task : created.plan().tasks()) {
      for (DataEdge edge : task.data()) {
        if (edge.source() instanceof DataEdge.StoredTable stored
            && stored.tables().get(party) != null) {
          TableRef ref = stored.tables().get(party);
          checks.add(
              data.find(ref.namespace(), ref.name())
                  .thenAccept(
                      found ->
                          found
                              .orElseThrow(
                                  () -> unknown(party, task.component(), ref, stored.reference()))
                              .requireEnabled())
                  .toCompletableFuture());
        }
      }
    }
    return CompletableFuture.allOf(checks.toArray(CompletableFuture<?>[]::new));
  }

  /** A party refuses a prediction with a model that it does not have. */
  private CompletionStage<Void> requireModel(Created created) {
    JobRow job = created.state().job();
    if (created.plan().settings().modelVersion() == null) {
      return CompletableFuture.completedStage(null);
    }
    return models
        .find(job.modelVersion(), job.party())
        .thenAccept(
            found -> {
              if (found.filter(PipelineModel::predicts).isEmpty()) {
                throw PredictJobs.noModel(job.modelVersion(), job.party().toString());
              }
            });
  }

  private static FedflowException unknown(
      Party party, String component, TableRef ref, String reference) {
    return FedflowException.invalid(
        CauseCode.TABLE_UNKNOWN,
        party
            + " "
            + component
            + ": table "
            + ref
            + " ("
            + reference
            + ") is unknown at this site; upload it first or correct name and namespace");
  }

  static String modelId(JobPlan plan) {
    return plan.settings().modelId() != null
        ? plan.settings().modelId()
        : ModelIds.modelId(plan.parties());
  }

  static String modelVersion(JobPlan plan, String jobId) {
    return plan.settings().modelVersion() != null ? plan.settings().modelVersion() : jobId;
  }
}
