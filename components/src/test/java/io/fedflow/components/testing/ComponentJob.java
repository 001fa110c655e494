package io.fedflow.components.testing;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A run of one component that tests change in one respect. Immutable.
 *
 * @param params the same at every party
 * @param inputs of those parties that have some
 */
public record ComponentJob(
    Component component,
    Parties parties,
    Map<String, Object> params,
    Map<Party, TaskInputs> inputs) {

  /** Its module. */
  public String module() {
    return component.descriptor().module();
  }

  /** Ready to run. */
  public ComponentHarness harness() {
    ComponentHarness harness = new ComponentHarness(component, parties).params(params);
    inputs.forEach(harness::inputs);
    return harness;
  }

  /** With further parameters. */
  public ComponentJob with(Map<String, ?> more) {
    Map<String, Object> all = new LinkedHashMap<>(params);
    all.putAll(more);
    return new ComponentJob(component, parties, all, inputs);
  }

  /** With other tables of instances; predictions and raw rows stay. */
  public ComponentJob tables(BiFunction<Party, Table, Table> change) {
    Map<Party, TaskInputs> changed = new LinkedHashMap<>();
    inputs.forEach(
        (party, given) -> {
          Map<String, List<DataInput>> data = new LinkedHashMap<>();
          given
              .data()
              .forEach(
                  (kind, all) ->
                      data.put(
                          kind,
                          all.stream()
                              .map(
                                  one ->
                                      new DataInput(one.source(), change.apply(party, one.table())))
                              .toList()));
          changed.put(party, new TaskInputs(data, given.model(), given.isometric()));
        });
    return new ComponentJob(component, parties, params, changed);
  }

  /** With what was learned before: rows to learn from become rows to predict. */
  public ComponentJob applying(Result learned) {
    Map<Party, TaskInputs> changed = new LinkedHashMap<>();
    parties
        .restrictedTo(component.descriptor().roles())
        .all()
        .forEach(
            party -> {
              TaskInputs given = inputs.getOrDefault(party, TaskInputs.none());
              Map<String, List<DataInput>> data = new LinkedHashMap<>();
              given
                  .data()
                  .forEach(
                      (kind, all) -> data.put(kind.equals("train_data") ? "test_data" : kind, all));
              Optional<ComponentModel> model = learned.of(party).model();
              changed.put(party, new TaskInputs(data, model, given.isometric()));
            });
    return new ComponentJob(component, parties, params, changed);
  }

  @Override
  public String toString() {
    return module();
  }
}
