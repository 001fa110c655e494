package io.fedflow.memory;

import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one attempt of a task reported at one party. Not thread-safe. */
final class Reported {

  private final List<MetricValue> metrics = new ArrayList<>();
  private final Map<String, MetricMeta> metas = new LinkedHashMap<>();
  private Map<String, Object> summary;
  private List<OutputData> outputs = List.of();

  void add(MetricValue value) {
    metrics.add(
        new MetricValue(
            value.task(),
            value.party(),
            value.namespace(),
            value.name(),
            value.key(),
            JsonTrees.copy(value.value()),
            value.time()));
  }

  void put(MetricMeta meta) {
    metas.put(meta.namespace() + '\n' + meta.name(), meta);
  }

  void put(Map<String, Object> newSummary) {
    summary = JsonTrees.copy(newSummary);
  }

  void put(List<OutputData> newOutputs) {
    outputs = List.copyOf(newOutputs);
  }

  void dropMetrics() {
    metrics.clear();
    metas.clear();
  }

  List<MetricValue> metrics() {
    return List.copyOf(metrics);
  }

  List<MetricMeta> metas() {
    return List.copyOf(metas.values());
  }

  Optional<Map<String, Object>> summary() {
    return Optional.ofNullable(summary);
  }

  List<OutputData> outputs() {
    return outputs;
  }
}
