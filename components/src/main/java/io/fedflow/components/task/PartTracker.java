package io.fedflow.components.task;

import io.fedflow.component.TaskTracker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports what one part of a task measured under names of its own. */
final class PartTracker implements TaskTracker {

  /** How names of what follows an iteration begin; FATE has the part before them. */
  private static final String ITERATION = "iteration_";

  private final TaskTracker whole;
  private final Part part;
  private Map<String, Object> summary = Map.of();

  PartTracker(TaskTracker whole, Part part) {
    this.whole = whole;
    this.part = part;
  }

  @Override
  public void metric(String namespace, String name, List<MetricPoint> points) {
    if (part.reports()) {
      whole.metric(namespace, named(name), points);
    }
  }

  @Override
  public void metricMeta(
      String namespace, String name, String metricType, Map<String, Object> extras) {
    if (part.reports()) {
      whole.metricMeta(namespace, named(name), metricType, extras);
    }
  }

  /** Stays in the part. */
  @Override
  public void summary(Map<String, Object> given) {
    summary = new LinkedHashMap<>(given);
  }

  Map<String, Object> summary() {
    return new LinkedHashMap<>(summary);
  }

  @Override
  public void progress(double fraction, String note) {
    if (part.reports()) {
      whole.progress(
          (part.number() + Math.min(1, fraction)) / part.count(), part.name() + ": " + note);
    }
  }

  // A part inside this one has already put its name before what follows an iteration.
  private String named(String name) {
    return name.startsWith(ITERATION) || name.contains("." + ITERATION)
        ? part.name() + '.' + name
        : name + part.mark();
  }
}
