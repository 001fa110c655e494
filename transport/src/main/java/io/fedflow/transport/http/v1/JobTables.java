package io.fedflow.transport.http.v1;

import io.fedflow.data.Stages;
import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.dsl.TableRef;
import io.fedflow.party.Party;
import io.fedflow.tracking.OutputData;
import io.fedflow.tracking.TrackingManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables that the tasks of one job read and made at one party. Blocking.
 *
 * @param tracking knows the outputs
 * @param plan the job's plan
 * @param jobId the job
 * @param party whose tables
 */
record JobTables(TrackingManager tracking, JobPlan plan, String jobId, Party party) {

  /** The tables that a task reads, by the reference that names them; those not made are absent. */
  Map<String, TableRef> inputs(PlannedTask task) {
    Map<String, TableRef> inputs = new LinkedHashMap<>();
    stored(task).ifPresent(table -> inputs.put("table", table));
    for (DataEdge edge : task.data()) {
      source(edge.source()).ifPresent(table -> inputs.put(edge.source().reference(), table));
    }
    return inputs;
  }

  /** The tables of a task's latest attempt that are still kept, by the name of the output. */
  Map<String, TableRef> outputs(String component) {
    Map<String, TableRef> outputs = new LinkedHashMap<>();
    made(component).forEach(o -> outputs.put(o.dataName(), new TableRef(o.namespace(), o.name())));
    return outputs;
  }

  /** Tells whether any task reads a stored table. */
  boolean reads(TableRef table) {
    return plan.tasks().stream()
        .anyMatch(
            task ->
                stored(task).filter(table::equals).isPresent()
                    || task.data().stream()
                        .map(DataEdge::source)
                        .filter(DataEdge.StoredTable.class::isInstance)
                        .anyMatch(source -> source(source).filter(table::equals).isPresent()));
  }

  /** The stored table that a component of module Reader names. */
  private Optional<TableRef> stored(PlannedTask task) {
    Map<String, Object> params = task.params().getOrDefault(party, Map.of());
    return params.get("table") instanceof Map<?, ?> table
        ? Optional.of(
            new TableRef(String.valueOf(table.get("namespace")), String.valueOf(table.get("name"))))
        : Optional.empty();
  }

  private Optional<TableRef> source(DataEdge.Source source) {
    if (source instanceof DataEdge.StoredTable stored) {
      return Optional.ofNullable(stored.tables().get(party));
    }
    DataEdge.TaskOutput output = (DataEdge.TaskOutput) source;
    return Optional.ofNullable(outputs(output.component()).get(output.output()));
  }

  private List<OutputData> made(String component) {
    return Stages.join(tracking.latest(jobId, component, party))
        .map(task -> Stages.join(tracking.outputs(task.task(), party)))
        .orElse(List.of());
  }
}
