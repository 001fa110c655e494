package io.fedflow.policy;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.InputTable;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * A job that a party is asked to take part in, and what the site knows of it. Immutable.
 *
 * @param at the party that is asked
 * @param plan what every party would do
 * @param catalog the components that there are
 * @param rows how many rows the party's input tables have; empty values for tables whose rows
 *     nobody can tell
 * @param offline whether tables were not looked up at all
 */
public record JobAsked(
    Party at,
    JobPlan plan,
    ComponentCatalog catalog,
    Map<InputTable, OptionalLong> rows,
    boolean offline) {

  /** Copies the map. */
  public JobAsked {
    rows = Map.copyOf(rows);
  }

  /** A job about whose tables nothing is known. */
  public static JobAsked offline(Party at, JobPlan plan, ComponentCatalog catalog) {
    return new JobAsked(at, plan, catalog, Map.of(), true);
  }

  /** The tasks of which the party runs its part. */
  List<PlannedTask> tasksHere() {
    return plan.tasks().stream().filter(task -> task.runsAt(at)).toList();
  }

  /** The modules that the party runs, by the name of the component that they mean. */
  Set<String> modulesHere() {
    Set<String> modules = new TreeSet<>();
    tasksHere().forEach(task -> modules.add(moduleOf(task.module())));
    return modules;
  }

  /** The ids of the other organisations. */
  Set<String> partners() {
    Set<String> ids = new TreeSet<>();
    plan.parties().all().forEach(party -> ids.add(party.id()));
    ids.add(plan.initiator().id());
    ids.remove(at.id());
    return ids;
  }

  /** Whether the party's own organisation submitted the job. */
  boolean own() {
    return plan.initiator().id().equals(at.id());
  }

  /** The name of the component that a module or an alias means; the text itself if none. */
  String moduleOf(String name) {
    return catalog.find(name).map(found -> found.descriptor().module()).orElse(name);
  }

  /** The parameters by which a party would run a task, defaults included. */
  Map<String, Object> parameters(PlannedTask task, Party party) {
    Optional<Component> component = catalog.find(task.module());
    return component.isEmpty() || !task.runsAt(party)
        ? Map.of()
        : component
            .get()
            .descriptor()
            .parameters()
            // What is wrong with them is told by whoever runs by them.
            .resolve(task.params().get(party), task.component(), new Problems())
            .toTree();
  }
}
