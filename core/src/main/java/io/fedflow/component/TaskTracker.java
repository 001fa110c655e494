package io.fedflow.component;

import java.util.List;
import java.util.Map;

/**
 * Where a task reports what it measured. Everything reported is durable before the task's success
 * is. Values are JSON trees: maps, lists, texts, numbers, booleans, null.
 */
public interface TaskTracker {

  /**
   * Appends points to a metric.
   *
   * @param namespace usually {@code train}, {@code validate} or {@code predict}
   * @param name the metric's name
   * @param points in order
   */
  void metric(String namespace, String name, List<MetricPoint> points);

  /** Replaces the description of a metric: its type and extras such as {@code unit_name}. */
  void metricMeta(String namespace, String name, String metricType, Map<String, Object> extras);

  /** Replaces the task's summary. */
  void summary(Map<String, Object> summary);

  /**
   * Says how far the task is.
   *
   * @param fraction 0..1
   * @param note a few words, for example {@code iteration 3 of 30}; never private data
   */
  void progress(double fraction, String note);

  /**
   * One measured value.
   *
   * @param key a number or a text: an iteration, a threshold, a name
   * @param value a number, or a JSON value for special metrics
   */
  record MetricPoint(Object key, Object value) {}
}
