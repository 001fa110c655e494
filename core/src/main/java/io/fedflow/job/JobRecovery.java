package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.TaskQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what an earlier process left of its jobs, goes on with them, and ends what cannot go on.
 * Blocking; for one thread.
 */
final class JobRecovery {

  private static final System.Logger LOG = System.getLogger(JobRecovery.class.getName());
  private static final int MAX_EVENTS = 10_000;
  private static final String NOT_ACCEPTED =
      "the server restarted before the job was created at all its parties; submit it again";

  private final JobStore store;

  JobRecovery(JobStore store) {
    this.store = store;
  }

  List<String> unfinished() {
    return Stages.join(store.unfinished());
  }

  /** Reads all that is stored of a job. */
  Left read(String jobId, Function<JobDocuments, JobPlan> planner) {
    List<JobRow> rows = Stages.join(store.jobs(JobQuery.ofJob(jobId)));
    Map<Party, PartyState> states = new HashMap<>();
    for (JobRow row : rows) {
      states.put(row.party(), new PartyState(row, tasksOf(row)));
    }
    CoordinationRow coordination = Stages.join(store.coordination(jobId)).orElse(null);
    long lastSequence = lastSequence(jobId);
    if (rows.isEmpty()) {
      return new Left(null, "its documents were never stored", coordination, states, lastSequence);
    }
    try {
      JobPlan plan = planner.apply(new JobDocuments(rows.get(0).dsl(), rows.get(0).conf()));
      return new Left(plan, "", coordination, states, lastSequence);
    } catch (RuntimeException outdated) {
      // One job that does not plan any more must not keep the site from starting.
      String why = "its documents do not plan any more: " + outdated.getMessage();
      LOG.log(System.Logger.Level.WARNING, () -> "job " + jobId + ": " + why);
      return new Left(null, why, coordination, states, lastSequence);
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

    /** Goes on with a job: its own ends first, so that nothing is started that is lost. */
    void resume(JobShell shell) {
      states.forEach((party, state) -> reportLost(shell, party, state));
      if (coordination != null && coordination.status() == JobStatus.READY) {
        shell.coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, NOT_ACCEPTED));
      } else if (coordination != null && plan == null) {
        shell.coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, planless));
      }
      shell.reissue();
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

  private List<TaskRow> tasksOf(JobRow row) {
    TaskQuery query =
        new TaskQuery(
            List.of(row.jobId()),
            List.of(),
            List.of(row.party().role().name()),
            List.of(row.party().id()),
            Set.of(),
            Set.of(),
            true,
            0,
            100_000);
    return Stages.join(store.tasks(query));
  }

  private long lastSequence(String jobId) {
    long last = 0;
    while (true) {
      List<JobEvent> page = Stages.join(store.events(jobId, last, MAX_EVENTS));
      if (page.isEmpty()) {
        return last;
      }
      last = page.get(page.size() - 1).sequence();
    }
  }
}
