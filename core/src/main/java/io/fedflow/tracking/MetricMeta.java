package io.fedflow.tracking;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The description of a metric.
 *
 * @param task the attempt that measured it
 * @param party at which party
 * @param namespace usually {@code train}, {@code validate} or {@code predict}
 * @param name the metric
 * @param metricType FATE's type, for example {@code LOSS}
 * @param extras further JSON values such as {@code unit_name}
 */
public record MetricMeta(
    TaskId task,
    Party party,
    String namespace,
    String name,
    String metricType,
    Map<String, Object> extras) {

  /** Copies the map. */
  public MetricMeta {
    extras = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(extras));
  }
}
