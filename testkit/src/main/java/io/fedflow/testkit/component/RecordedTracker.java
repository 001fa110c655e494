package io.fedflow.testkit.component;

import io.fedflow.component.TaskLog;
import io.fedflow.component.TaskTracker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps everything a task reported. Thread-safe for writing; read it after the run. */
public final class RecordedTracker implements TaskTracker {

  private final Map<String, List<MetricPoint>> metrics = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> metas = new LinkedHashMap<>();
  private final List<String> logLines = Collections.synchronizedList(new ArrayList<>());
  private Map<String, Object> lastSummary = Map.of();

  RecordedTracker() {}

  @Override
  public synchronized void metric(String namespace, String name, List<MetricPoint> points) {
    metrics.computeIfAbsent(namespace + '/' + name, k -> new ArrayList<>()).addAll(points);
  }

  @Override
  public synchronized void metricMeta(
      String namespace, String name, String metricType, Map<String, Object> extras) {
    Map<String, Object> meta = new LinkedHashMap<>(extras);
    meta.put("metric_type", metricType);
    metas.put(namespace + '/' + name, meta);
  }

  @Override
  public synchronized void summary(Map<String, Object> summary) {
    lastSummary = summary;
  }

  @Override
  public void progress(double fraction, String note) {
    logLines.add("PROGRESS " + fraction + ' ' + note);
  }

  /** The points of {@code namespace/name}; empty if there are none. */
  public synchronized List<MetricPoint> points(String namespace, String name) {
    return metrics.getOrDefault(namespace + '/' + name, List.of());
  }

  /** The value at a key of {@code namespace/name}, as a number. */
  public double value(String namespace, String name, Object key) {
    return points(namespace, name).stream()
        .filter(p -> p.key().equals(key))
        .map(p -> ((Number) p.value()).doubleValue())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + key + " in " + namespace + '/' + name));
  }

  /** The description of {@code namespace/name}, {@code metric_type} included. */
  public synchronized Map<String, Object> meta(String namespace, String name) {
    return metas.getOrDefault(namespace + '/' + name, Map.of());
  }

  /** All metric names as {@code namespace/name}. */
  public synchronized List<String> names() {
    return List.copyOf(metas.keySet());
  }

  /** The last summary. */
  public synchronized Map<String, Object> summary() {
    return lastSummary;
  }

  /** All log lines, level first. */
  public List<String> logLines() {
    return List.copyOf(logLines);
  }

  TaskLog log() {
    return new TaskLog() {
      @Override
      public void info(String message) {
        logLines.add("INFO " + message);
      }

      @Override
      public void warning(String message) {
        logLines.add("WARNING " + message);
      }

      @Override
      public void error(String message) {
        logLines.add("ERROR " + message);
      }

      @Override
      public void debug(String message) {
        logLines.add("DEBUG " + message);
      }
    };
  }
}
