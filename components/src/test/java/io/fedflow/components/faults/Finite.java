package io.fedflow.components.faults;

import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import io.fedflow.testkit.component.RecordedTracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds numbers that are none, or infinite, in what components give. Stateless. */
final class Finite {

  private Finite() {}

  /**
   * Where a result has such numbers: party, then table and column, message and field, or metric.
   *
   * @param given columns that were not better in the input, and may be handed on
   */
  static List<String> exceptions(Result result, Set<String> given) {
    List<String> found = new ArrayList<>();
    result.outputs().forEach((party, outputs) -> look(party + " ", outputs, given, found));
    result
        .trackers()
        .forEach(
            (party, tracker) -> {
              look(party + " summary", tracker.summary(), found);
              tracker
                  .names()
                  .forEach(name -> look(party + " " + name, points(tracker, name), found));
            });
    return found;
  }

  private static List<Object> points(RecordedTracker tracker, String name) {
    int slash = name.indexOf('/');
    return tracker.points(name.substring(0, slash), name.substring(slash + 1)).stream()
        .<Object>map(MetricPoint::value)
        .toList();
  }

  private static void look(String at, TaskOutputs outputs, Set<String> given, List<String> found) {
    for (Table table : outputs.data()) {
      for (int i = 0; i < table.columns().size(); i++) {
        String name = table.schema().columns().get(i).name();
        if (table.column(i) instanceof Column.Numbers numbers
            && !given.contains(name)
            && !Arrays.stream(numbers.values()).allMatch(Double::isFinite)) {
          found.add(at + "table " + name);
        }
      }
    }
    outputs
        .model()
        .ifPresent(
            model -> model.messages().forEach((name, message) -> look(at + name, message, found)));
  }

  private static void look(String at, Object value, List<String> found) {
    if (value instanceof ModelMessage message) {
      message.values().forEach((field, inner) -> look(at + "/" + field, inner, found));
    } else if (value instanceof List<?> list) {
      list.forEach(inner -> look(at, inner, found));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> look(at + "/" + key, inner, found));
    } else if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
      found.add(at);
    }
  }
}
