package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.pipeline.PipelineManager.Updated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Gives ended jobs other parameters, at all their parties or at none.
 *
 * <p>The initiator's conf is the valid one, and it changes last: once all others took the new one.
 * Every update has a number, which is stored before anything is sent, and every party keeps the
 * conf of the highest number. Whatever a failure or a crash leaves behind is set right by the next
 * number, which each run of an updated job begins with. Thread-safe.
 */
final class ParameterUpdates {

  private final EngineParts parts;
  private final JobCreation creation;

  ParameterUpdates(EngineParts parts, JobCreation creation) {
    this.parts = parts;
    this.creation = creation;
  }

  /** Updates a job that is coordinated here; see {@code PipelineManager.updateParameters}. */
  CompletionStage<Updated> update(JobShell shell, ParameterUpdate update) {
    CoordinationRow row = shell.coordination();
    PartyState own = row == null ? null : shell.state(row.initiator());
    if (own == null) {
      throw FedflowException.invalid(
          "job.not_here",
          "job "
              + shell.jobId()
              + " is not coordinated at this site; update its parameters at the initiator's");
    }
    if (!row.status().terminal()) {
      throw EndedJob.live(shell.jobId(), row.status());
    }
    JobDocuments before = new JobDocuments(own.job().dsl(), own.job().conf());
    JobDocuments after = update.applyTo(before);
    JobPlan plan = plan(after, own.job());
    WorkMode.check(plan, parts.here());
    List<String> changed = ParameterUpdate.changed(JobPlanner.plan(before, parts.catalog()), plan);
    return shell
        .ended()
        .beginUpdate()
        .thenCompose(
            begun ->
                everywhere(shell, before.conf(), after.conf())
                    .whenComplete((ok, failed) -> shell.ended().endUpdate()))
        .thenApply(ok -> updated(after.conf(), changed));
  }

  private static Updated updated(Map<String, Object> conf, List<String> changed) {
    Object components =
        conf.getOrDefault(
            "component_parameters", conf.getOrDefault("algorithm_parameters", Map.of()));
    return new Updated(conf.getOrDefault("job_parameters", Map.of()), components, changed);
  }

  private CompletionStage<Void> everywhere(
      JobShell shell, Map<String, Object> before, Map<String, Object> after) {
    Party initiator = shell.coordination().initiator();
    List<Party> others = new ArrayList<>(shell.plan().parties().all());
    others.remove(initiator);
    return toAll(shell, others, after)
        .thenCompose(
            refusals ->
                refusals.isEmpty() ? toAll(shell, List.of(initiator), after) : completed(refusals))
        .thenCompose(
            refusals ->
                refusals.isEmpty()
                    ? CompletableFuture.<Void>completedStage(null)
                    : takeBack(shell, others, before)
                        .handle(
                            (told, failed) -> {
                              throw refused(shell.jobId(), refusals);
                            }));
  }

  private static CompletionStage<Map<Party, String>> completed(Map<Party, String> refusals) {
    return CompletableFuture.completedStage(refusals);
  }

  /** Offers a conf; completes with why each party did not take it. */
  private CompletionStage<Map<Party, String>> toAll(
      JobShell shell, List<Party> parties, Map<String, Object> conf) {
    Map<Party, String> refusals = new ConcurrentSkipListMap<>();
    PartyCommand.UpdateJob command = command(shell, conf);
    return CompletableFuture.allOf(
            parties.stream()
                .map(party -> offer(shell, party, command, refusals))
                .toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> new TreeMap<>(refusals));
  }

  private static CompletableFuture<Void> offer(
      JobShell shell, Party party, PartyCommand command, Map<Party, String> refusals) {
    return shell
        .sendOnce(party, command)
        .handle(
            (ok, failed) -> {
              if (failed != null) {
                refusals.put(party, JobOutbox.reason(Stages.unwrap(failed)));
              }
              return (Void) null;
            })
        .toCompletableFuture();
  }

  /** Who took the new conf gets the old one back; who cannot be told gets it with the next run. */
  private CompletionStage<Void> takeBack(
      JobShell shell, List<Party> others, Map<String, Object> before) {
    return shell
        .ended()
        .nextEdition()
        .thenRun(() -> others.forEach(party -> shell.tell(party, command(shell, before))));
  }

  private static PartyCommand.UpdateJob command(JobShell shell, Map<String, Object> conf) {
    CoordinationRow row = shell.coordination();
    return new PartyCommand.UpdateJob(shell.jobId(), row.round() + 1, row.edition(), conf);
  }

  private static FedflowException refused(String jobId, Map<Party, String> refusals) {
    List<String> reasons = new ArrayList<>();
    refusals.forEach((party, why) -> reasons.add(party + ": " + why));
    return new FedflowException(
        FailureKind.PEER,
        "job.update",
        "job " + jobId + " keeps its parameters; not taken by " + String.join("; ", reasons));
  }

  /** Takes other parameters at a local party, if it can run by them. */
  CompletionStage<Void> take(JobShell shell, Party to, PartyCommand.UpdateJob update) {
    PartyState state = shell.state(to);
    if (state == null) {
      throw FedflowException.invalid(
          "job.unknown", "job " + shell.jobId() + " was never created at " + to);
    }
    JobPlan plan = plan(new JobDocuments(state.job().dsl(), update.conf()), state.job());
    PartyEvent told =
        new PartyEvent.ConfTold(
            update.round(), update.edition(), update.conf(), creation.settings(plan));
    // Before each run all parties are given the valid conf, which most of them have.
    boolean same = state.job().conf().toString().equals(update.conf().toString());
    CompletionStage<Void> able =
        same
            ? CompletableFuture.completedStage(null)
            : creation
                .check(new JobCreation.Created(plan, state))
                .thenAccept(ParameterUpdates::requireApproved);
    return able.thenCompose(
        checked ->
            shell.turn(
                () -> {
                  requireEnded(shell.state(to).job(), update.edition());
                  return shell.alone(to, told, plan);
                }));
  }

  /** A party that did not hear of the end yet may still start what runs by the old parameters. */
  private static void requireEnded(JobRow job, int edition) {
    if (edition > job.edition() && !job.status().terminal()) {
      throw EndedJob.live(job.jobId(), job.status());
    }
  }

  /** What was approved must not become another job behind the back of who approved it. */
  private static void requireApproved(JobCreation.Created checked) {
    JobRow job = checked.state().job();
    if (job.unapproved()) {
      throw new FedflowException(
          FailureKind.PEER,
          CauseCode.POLICY_REFUSED,
          job.party() + " has to approve these parameters; submit a job with them instead");
    }
  }

  private JobPlan plan(JobDocuments documents, JobRow job) {
    JobPlan plan = JobPlanner.plan(documents, parts.catalog());
    if (!plan.initiator().equals(job.initiator()) || !plan.parties().equals(job.parties())) {
      throw FedflowException.invalid(
          "job.parties",
          "job "
              + job.jobId()
              + ": found initiator "
              + plan.initiator()
              + " and parties "
              + plan.parties().all()
              + ", allowed "
              + job.initiator()
              + " and "
              + job.parties().all()
              + "; an update changes parameters only");
    }
    return plan;
  }
}
