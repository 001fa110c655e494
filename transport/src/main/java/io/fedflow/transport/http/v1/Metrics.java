package io.fedflow.transport.http.v1;

import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The metrics of one attempt at one party in FATE's form.
 *
 * @param values all points
 * @param metas all descriptions
 */
record Metrics(List<MetricValue> values, List<MetricMeta> metas) {

  /** Numbers by value, then texts. */
  private static final Comparator<Object> BY_KEY =
      Comparator.<Object>comparingInt(key -> key instanceof Number ? 0 : 1)
          .thenComparingDouble(key -> key instanceof Number number ? number.doubleValue() : 0)
          .thenComparing(key -> key instanceof Number ? "" : String.valueOf(key));

  /** {@code {namespace: [names]}}. */
  Map<String, Object> names() {
    Map<String, Set<String>> names = new TreeMap<>();
    metas.forEach(m -> names.computeIfAbsent(m.namespace(), n -> new TreeSet<>()).add(m.name()));
    values.forEach(v -> names.computeIfAbsent(v.namespace(), n -> new TreeSet<>()).add(v.name()));
    Map<String, Object> tree = new LinkedHashMap<>();
    names.forEach((namespace, set) -> tree.put(namespace, List.copyOf(set)));
    return tree;
  }

  /** {@code {namespace: {name: {data, meta}}}}. */
  Map<String, Object> all() {
    Map<String, List<MetricValue>> grouped = new LinkedHashMap<>();
    values.forEach(
        v -> grouped.computeIfAbsent(key(v.namespace(), v.name()), k -> new ArrayList<>()).add(v));
    Map<String, Object> tree = new LinkedHashMap<>();
    names()
        .forEach(
            (namespace, names) -> {
              Map<String, Object> inside = new LinkedHashMap<>();
              for (Object each : (List<?>) names) {
                String name = String.valueOf(each);
                Map<String, Object> metric = new LinkedHashMap<>();
                metric.put("data", pairs(grouped.getOrDefault(key(namespace, name), List.of())));
                metric.put("meta", meta(namespace, name));
                inside.put(name, metric);
              }
              tree.put(namespace, inside);
            });
    return tree;
  }

  /** {@code [[key, value], …]} by key. */
  List<Object> points(String namespace, String name) {
    return pairs(
        values.stream()
            .filter(v -> v.namespace().equals(namespace) && v.name().equals(name))
            .toList());
  }

  /** The description; of an unknown metric its parts are null. */
  Map<String, Object> meta(String namespace, String name) {
    MetricMeta meta =
        metas.stream()
            .filter(m -> m.namespace().equals(namespace) && m.name().equals(name))
            .findFirst()
            .orElse(null);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", meta == null ? null : meta.name());
    tree.put("metric_type", meta == null ? null : meta.metricType());
    if (meta != null) {
      tree.putAll(meta.extras());
    }
    return tree;
  }

  private static List<Object> pairs(List<MetricValue> points) {
    return points.stream()
        .sorted(Comparator.comparing(MetricValue::key, BY_KEY))
        .<Object>map(v -> Arrays.asList(v.key(), v.value()))
        .toList();
  }

  /** No name holds this character. */
  private static String key(String namespace, String name) {
    return namespace + '\u0000' + name;
  }
}
