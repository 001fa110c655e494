package io.fedflow.components.evaluation;

import io.fedflow.component.TaskTracker;
import io.fedflow.component.TaskTracker.MetricPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the metrics of one data name and row type. Rounds everything. Used by one thread; {@link
 * #finish} last.
 */
final class MetricReport {

  private final TaskTracker tracker;
  private final String namespace;
  private final String dataName;
  private final String summaryType;
  private final Map<String, Object> singles = new LinkedHashMap<>();

  MetricReport(TaskTracker tracker, String namespace, String dataName) {
    this(tracker, namespace, dataName, "EVALUATION_SUMMARY");
  }

  /**
   * A report whose single values are of a type of their own.
   *
   * @param summaryType the metric type of all single values
   */
  MetricReport(TaskTracker tracker, String namespace, String dataName, String summaryType) {
    this.tracker = tracker;
    this.namespace = namespace;
    this.dataName = dataName;
    this.summaryType = summaryType;
  }

  String dataName() {
    return dataName;
  }

  /** A metric of one value. */
  void single(String metric, double value) {
    singles.put(metric, Rounding.round(value));
  }

  /** A metric of points. */
  void curve(
      String suffix, String type, double[] keys, double[] values, Map<String, Object> extras) {
    List<MetricPoint> points = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      points.add(new MetricPoint(Rounding.round(keys[i]), Rounding.round(values[i])));
    }
    tracker.metric(namespace, dataName + '_' + suffix, points);
    facts(suffix, type, extras);
  }

  /** A metric without points. */
  void facts(String suffix, String type, Map<String, Object> extras) {
    tracker.metricMeta(namespace, dataName + '_' + suffix, type, extras);
  }

  /**
   * Writes the single values.
   *
   * @return metric to value, for the task's summary
   */
  Map<String, Object> finish() {
    if (!singles.isEmpty()) {
      tracker.metric(
          namespace,
          dataName,
          singles.entrySet().stream().map(e -> new MetricPoint(e.getKey(), e.getValue())).toList());
      tracker.metricMeta(namespace, dataName, summaryType, Map.of());
    }
    return singles;
  }
}
