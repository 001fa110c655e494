package io.fedflow.job;

import io.fedflow.component.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one party knows of a job: the state of {@link PartyMachine}. Immutable.
 *
 * @param job the party's view of the job
 * @param tasks the attempts of the party's own tasks: those of the plan in its order, then further
 *     ones as they came
 */
public record PartyState(JobRow job, List<TaskRow> tasks) {

  /** Copies the list. */
  public PartyState {
    tasks = List.copyOf(tasks);
  }

  /** One attempt of a task. */
  public Optional<TaskRow> task(TaskId id) {
    return tasks.stream().filter(row -> row.task().equals(id)).findFirst();
  }

  /** The attempt of a task with the highest version. */
  public Optional<TaskRow> latest(String component) {
    return tasks.stream()
        .filter(row -> row.task().component().equals(component))
        .max(Comparator.comparingInt(row -> row.task().version()));
  }

  PartyState with(JobRow changed) {
    return new PartyState(changed, tasks);
  }

  PartyState with(TaskRow changed) {
    List<TaskRow> rows = new ArrayList<>(tasks);
    rows.replaceAll(row -> row.task().equals(changed.task()) ? changed : row);
    return new PartyState(job, rows);
  }

  PartyState and(TaskRow attempt) {
    List<TaskRow> rows = new ArrayList<>(tasks);
    rows.add(attempt);
    return new PartyState(job, rows);
  }
}
