package io.fedflow.dsl;

import io.fedflow.dag.Dag;
import io.fedflow.failure.Problem;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.util.List;
import java.util.Optional;

/**
 * What every document becomes: tasks, typed edges, per-party parameters. Nothing behind this
 * package knows DSL v1 or v2. Immutable; the same documents always give the same plan.
 *
 * @param initiator the party that submitted the job and coordinates it
 * @param parties all parties of the job, also those that run no task
 * @param settings the job's own parameters
 * @param tasks in the order of the DSL
 * @param graph the tasks' dependencies; node {@code i} is {@code tasks.get(i)}
 * @param warnings what runs all the same but the user should know
 */
public record JobPlan(
    Party initiator,
    Parties parties,
    JobSettings settings,
    List<PlannedTask> tasks,
    Dag graph,
    List<Problem> warnings) {

  /** Copies the lists. */
  public JobPlan {
    tasks = List.copyOf(tasks);
    warnings = List.copyOf(warnings);
  }

  /** The task of a component. */
  public Optional<PlannedTask> task(String component) {
    return tasks.stream().filter(t -> t.component().equals(component)).findFirst();
  }

  /** The components that must end well before this one may start. */
  public List<String> upstream(String component) {
    return graph.upstream(graph.indexOf(component)).stream()
        .map(i -> tasks.get(i).component())
        .toList();
  }
}
