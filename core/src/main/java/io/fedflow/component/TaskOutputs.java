package io.fedflow.component;

import io.fedflow.model.ComponentModel;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a task hands downstream at one party.
 *
 * @param data tables in the order of the DSL's declared data outputs; may be shorter, and empty at
 *     a party that has nothing to hand on
 * @param model the component's model; empty for components without one
 * @param caches what this party keeps for later tasks, in the order of the DSL's declared cache
 *     outputs
 */
public record TaskOutputs(
    List<Table> data, Optional<ComponentModel> model, List<TaskCache> caches) {

  /** Copies the lists. */
  public TaskOutputs {
    data = List.copyOf(data);
    caches = List.copyOf(caches);
  }

  /** Outputs without caches. */
  public TaskOutputs(List<Table> data, Optional<ComponentModel> model) {
    this(data, model, List.of());
  }

  /** Nothing. */
  public static TaskOutputs none() {
    return new TaskOutputs(List.of(), Optional.empty());
  }

  /** One table. */
  public static TaskOutputs of(Table table) {
    return new TaskOutputs(List.of(table), Optional.empty());
  }

  /** One table and a model. */
  public static TaskOutputs of(Table table, ComponentModel model) {
    return new TaskOutputs(List.of(table), Optional.of(model));
  }

  /** A model alone. */
  public static TaskOutputs of(ComponentModel model) {
    return new TaskOutputs(new ArrayList<>(), Optional.of(model));
  }

  /** A cache alone. */
  public static TaskOutputs of(TaskCache cache) {
    return new TaskOutputs(List.of(), Optional.empty(), List.of(cache));
  }
}
