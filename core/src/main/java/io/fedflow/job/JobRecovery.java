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
 * Reads what a crashed process left of its jobs, and ends what cannot go on. Blocking; for one
 * thread.
 */
final class JobRecovery {

  private static final System.Logger LOG = System.getLogger(JobRecovery.class.getName());
  private static final int MAX_EVENTS = 10_000;
  private static final String CAUSE = "the server restarted while the job was live";

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
    return new Left(
        planOf(rows, planner),
        Stages.join(store.coordination(jobId)).orElse(null),
        states,
        lastSequence(jobId));
  }

  /**
   * What was left of a job.
   *
   * @param plan null if there are no documents, or they do not plan any more
   * @param coordination null if the job is coordinated elsewhere
   * @param states the views of local parties
   * @param lastSequence the sequence of its last event
   */
  record Left(
      JobPlan plan,
      CoordinationRow coordination,
      Map<Party, PartyState> states,
      long lastSequence) {

    /** Ends a job that is coordinated here as a whole, another one by its tasks that ran here. */
    void end(JobShell shell) {
      states.forEach((party, state) -> failRunning(shell, party, state));
      if (coordination != null) {
        shell.coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, CAUSE));
      } else {
        states.keySet().forEach(shell::reportAgain);
      }
    }
  }

  /** Null if there are no documents, or they do not plan with the components of today. */
  private static JobPlan planOf(List<JobRow> rows, Function<JobDocuments, JobPlan> planner) {
    if (rows.isEmpty()) {
      return null;
    }
    JobRow row = rows.get(0);
    try {
      return planner.apply(new JobDocuments(row.dsl(), row.conf()));
    } catch (RuntimeException outdated) {
      // One job that does not plan any more must not keep the site from starting.
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "job " + row.jobId() + " does not plan any more: " + outdated.getMessage());
      return null;
    }
  }

  private static void failRunning(JobShell shell, Party party, PartyState state) {
    for (TaskRow row : state.tasks()) {
      if (row.partyStatus() == TaskStatus.RUNNING) {
        shell.party(
            party,
            new PartyEvent.TaskEnded(
                row.task(),
                TaskStatus.FAILED,
                party + " " + row.task().component() + ": " + CAUSE,
                row.traffic()));
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
