package io.fedflow.transport.http.v1;

import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.ModelEdge;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The graph of a plan as FATE's board draws it.
 *
 * @param plan the plan
 * @param party whose tasks count as run here
 */
record Dependencies(JobPlan plan, Party party) {

  Map<String, Object> tree() {
    List<PlannedTask> ordered =
        plan.tasks().stream().sorted(Comparator.comparingInt(PlannedTask::stage)).toList();
    Map<String, Object> modules = new LinkedHashMap<>();
    Map<String, Object> needRun = new LinkedHashMap<>();
    Map<String, Object> dependencies = new LinkedHashMap<>();
    for (PlannedTask task : ordered) {
      modules.put(task.component(), task.module());
      if (task.runsAt(party)) {
        Object needed = task.params().get(party).get("need_run");
        needRun.put(task.component(), !Boolean.FALSE.equals(needed));
      }
      List<Map<String, Object>> edges = edges(task);
      if (!edges.isEmpty()) {
        dependencies.put(task.component(), edges);
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("component_list", ordered.stream().map(PlannedTask::component).toList());
    tree.put("component_module", modules);
    tree.put("component_need_run", needRun);
    tree.put("dependencies", dependencies);
    return tree;
  }

  private List<Map<String, Object>> edges(PlannedTask task) {
    List<Map<String, Object>> edges = new ArrayList<>();
    for (DataEdge edge : task.data()) {
      if (edge.source() instanceof DataEdge.TaskOutput output) {
        edges.add(edge(output.component(), type(edge.kind()), "data", output.index()));
      }
    }
    Stream.concat(task.models().stream(), task.isometric().stream())
        .filter(edge -> !edge.fromPipeline())
        .forEach(edge -> edges.add(edge(edge.component(), "model", "model", position(edge))));
    return edges;
  }

  private int position(ModelEdge edge) {
    return plan.task(edge.component())
        .map(task -> Math.max(0, task.modelOutputs().indexOf(edge.alias())))
        .orElse(0);
  }

  /** The board knows no other kinds than these. */
  private static String type(String kind) {
    return switch (kind) {
      case "data", "train_data" -> kind;
      default -> "validate_data";
    };
  }

  private static Map<String, Object> edge(
      String component, String type, String output, int position) {
    Map<String, Object> edge = new LinkedHashMap<>();
    edge.put("component_name", component);
    edge.put("type", type);
    edge.put("up_output_info", List.of(output, position));
    return edge;
  }
}
