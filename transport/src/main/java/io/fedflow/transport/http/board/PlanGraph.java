package io.fedflow.transport.http.board;

import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.ModelEdge;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A plan as nodes in stages and typed edges, ready to be drawn.
 *
 * @param plan the plan
 */
record PlanGraph(JobPlan plan) {

  Map<String, Object> tree() {
    return Map.of(
        "nodes", plan.tasks().stream().map(PlanGraph::node).toList(),
        "edges", plan.tasks().stream().flatMap(PlanGraph::edges).toList());
  }

  private static Map<String, Object> node(PlannedTask task) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("component", task.component());
    node.put("module", task.module());
    node.put("stage", task.stage());
    node.put("parties", task.params().keySet().stream().map(Party::toString).toList());
    return node;
  }

  private static Stream<Map<String, Object>> edges(PlannedTask task) {
    List<Map<String, Object>> edges = new ArrayList<>();
    for (DataEdge edge : task.data()) {
      if (edge.source() instanceof DataEdge.TaskOutput output) {
        edges.add(edge(output.component(), task.component(), "data"));
      }
    }
    Stream.concat(task.models().stream(), task.isometric().stream())
        .filter(edge -> !edge.fromPipeline())
        .map(ModelEdge::component)
        .forEach(from -> edges.add(edge(from, task.component(), "model")));
    return edges.stream();
  }

  private static Map<String, Object> edge(String from, String to, String kind) {
    Map<String, Object> edge = new LinkedHashMap<>();
    edge.put("from", from);
    edge.put("to", to);
    edge.put("kind", kind);
    return edge;
  }
}
