package io.fedflow.spi;

import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;
import io.fedflow.tracking.LogLine;
import java.util.List;
import java.util.Optional;

/**
 * The writes of one turn of one job: all of them become durable, or none. Every row carries the
 * revision it is written as; revision 1 inserts, revision r replaces r − 1.
 *
 * @param jobId the job
 * @param jobs rows of parties' views
 * @param tasks rows of tasks
 * @param coordination the coordinator's row, if it changed
 * @param events appended to the job's event queue
 * @param lines appended to the logs of parties; their {@code number} is ignored and assigned by the
 *     store
 */
public record StoreTurn(
    String jobId,
    List<JobRow> jobs,
    List<TaskRow> tasks,
    Optional<CoordinationRow> coordination,
    List<JobEvent> events,
    List<LogLine> lines) {

  /** A turn of which no log tells. */
  public StoreTurn(
      String jobId,
      List<JobRow> jobs,
      List<TaskRow> tasks,
      Optional<CoordinationRow> coordination,
      List<JobEvent> events) {
    this(jobId, jobs, tasks, coordination, events, List.of());
  }

  /** Copies the lists. */
  public StoreTurn {
    jobs = List.copyOf(jobs);
    tasks = List.copyOf(tasks);
    events = List.copyOf(events);
    lines = List.copyOf(lines);
  }

  /** Tells whether this may be the first turn of the job at its site. */
  public boolean begins() {
    return jobs.stream().anyMatch(row -> row.revision() == 1)
        || coordination.isPresent() && coordination.get().revision() == 1;
  }
}
