package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.TaskQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads what an earlier process left of its jobs, goes on with them, and ends what cannot go on.
 * Thread-safe.
 */
final class JobRecovery {

  private static final System.Logger LOG = System.getLogger(JobRecovery.class.getName());
  private static final String NOT_ACCEPTED =
      "the server restarted before the job was created at all its parties; submit it again";

  private final JobStore store;

  JobRecovery(JobStore store) {
    this.store = store;
  }

  /** The jobs that have not ended; blocking. */
  List<String> unfinished() {
    return Stages.join(store.unfinished());
  }

  /** Reads all that is stored of a job. */
  CompletionStage<Left> read(String jobId, Function<JobDocuments, JobPlan> planner) {
    CompletableFuture<Optional<CoordinationRow>> coordination =
        store.coordination(jobId).toCompletableFuture();
    CompletableFuture<Long> last = store.lastEvent(jobId).toCompletableFuture();
    return store
        .jobs(JobQuery.ofJob(jobId))
        .thenCompose(this::states)
        .thenCombine(coordination, (states, row) -> left(jobId, states, row, planner))
        .thenCombine(last, Left::after);
  }

  private CompletionStage<Map<Party, PartyState>> states(List<JobRow> rows) {
    Map<Party, PartyState> states = new ConcurrentHashMap<>();
    return CompletableFuture.allOf(
            rows.stream()
                .map(
                    row ->
                        store
                            .tasks(latestOf(row))
                            .thenAccept(
                                tasks -> states.put(row.party(), new PartyState(row, tasks)))
                            .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> states);
  }

  private static Left left(
      String jobId,
      Map<Party, PartyState> states,
      Optional<CoordinationRow> row,
      Function<JobDocuments, JobPlan> planner) {
    CoordinationRow coordination = row.orElse(null);
    if (states.isEmpty()) {
      return new Left(null, "its documents were never stored", coordination, states, 0);
    }
    JobRow leading =
        JobRow.leading(states.values().stream().map(PartyState::job).toList()).orElseThrow();
    try {
      JobPlan plan = planner.apply(new JobDocuments(leading.dsl(), leading.conf()));
      return new Left(plan, "", coordination, states, 0);
    } catch (RuntimeException outdated) {
      // One job that does not plan any more must not keep the site from starting.
      String why = "its documents do not plan any more: " + outdated.getMessage();
      LOG.log(System.Logger.Level.WARNING, () -> "job " + jobId + ": " + why);
      return new Left(null, why, coordination, states, 0);
    }
  }

  /**
   * What was left of a job.
   *
   * @param plan null if there is none
   * @param planless why there is none; empty if there is
   * @param coordination null if the job is coordinated elsewhere
   * @param states the views of local parties
   * @param lastSequence the sequence of its last event
   */
  record Left(
      JobPlan plan,
      String planless,
      CoordinationRow coordination,
      Map<Party, PartyState> states,
      long lastSequence) {

    Left after(long sequence) {
      return new Left(plan, planless, coordination, states, sequence);
    }

    /** Goes on with a job: its own ends first, so that nothing is started that is lost. */
    void resume(JobShell shell) {
      shell.restarted();
      states.forEach((party, state) -> reportLost(shell, party, state));
      Optional<PartyCommand.CreateJob> inheriting = inheriting();
      if (inheriting.isPresent()) {
        shell.createOn(inheriting.get());
      } else if (coordination != null && coordination.status() == JobStatus.READY) {
        shell.coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, NOT_ACCEPTED));
      } else if (coordination != null && plan == null) {
        shell.coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, planless));
      }
      shell.reissue();
    }

    /** What a job that inherits was to be created by, if that was cut off and can go on. */
    private Optional<PartyCommand.CreateJob> inheriting() {
      if (coordination == null || plan == null || coordination.status() != JobStatus.READY) {
        return Optional.empty();
      }
      return JobRow.leading(states.values().stream().map(PartyState::job).toList())
          .filter(job -> job.inheritance().any())
          .map(
              job ->
                  new PartyCommand.CreateJob(
                      job.jobId(),
                      job.dsl(),
                      job.conf(),
                      job.initiator(),
                      job.seed(),
                      job.createTime(),
                      job.inheritance().in(Inheritance.Status.WAITING)));
    }
  }

  private static void reportLost(JobShell shell, Party party, PartyState state) {
    for (TaskRow row : state.tasks()) {
      if (row.partyStatus() == TaskStatus.RUNNING) {
        String cause = party + " " + row.task().component() + ": its server stopped while it ran";
        shell.party(party, new PartyEvent.TaskLost(row.task(), cause));
      }
    }
  }

  private static TaskQuery latestOf(JobRow row) {
    return new TaskQuery(
        List.of(row.jobId()),
        List.of(),
        List.of(row.party().role().name()),
        List.of(row.party().id()),
        Set.of(),
        Set.of(),
        true,
        0,
        100_000);
  }
}
