package io.fedflow.transport.http.v1;

import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.JobRow;
import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.Map;

/** FATE's view of a job: partners, tables, roles. */
final class DataView {

  private DataView() {}

  static Map<String, Object> of(JobRow job, JobPlan plan) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("partner", PartyIds.partners(job.parties(), job.party()));
    view.put("dataset", dataset(plan));
    view.put("roles", PartyIds.roles(job.parties()));
    view.put("model_summary", Map.of());
    return view;
  }

  /** {@code {role: {party: {reader: namespace.name}}}}. */
  private static Map<String, Map<String, Map<String, String>>> dataset(JobPlan plan) {
    Map<String, Map<String, Map<String, String>>> dataset = new LinkedHashMap<>();
    for (PlannedTask task : plan.tasks()) {
      task.params()
          .forEach(
              (party, params) -> {
                if (params.get("table") instanceof Map<?, ?> table) {
                  put(dataset, party, task, table.get("namespace") + "." + table.get("name"));
                }
              });
      for (DataEdge edge : task.data()) {
        if (edge.source() instanceof DataEdge.StoredTable stored) {
          stored.tables().forEach((party, ref) -> put(dataset, party, task, ref.toString()));
        }
      }
    }
    return dataset;
  }

  private static void put(
      Map<String, Map<String, Map<String, String>>> dataset,
      Party party,
      PlannedTask task,
      String table) {
    dataset
        .computeIfAbsent(party.role().name(), r -> new LinkedHashMap<>())
        .computeIfAbsent(party.id(), id -> new LinkedHashMap<>())
        .put(task.component(), table);
  }
}
