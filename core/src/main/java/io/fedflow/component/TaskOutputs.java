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
 */
public record TaskOutputs(List<Table> data, Optional<ComponentModel> model) {

  /** Copies the list. */
  public TaskOutputs {
    data = List.copyOf(data);
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
}
