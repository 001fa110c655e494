package io.fedflow.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What evaluations measured, and whether the jobs of a benchmark group agree in it. */
final class SuiteMetrics {

  private static final String VALIDATE = "/validate/";

  private SuiteMetrics() {}

  /** Adds every number of a summary under its path, {@code evaluation_0/hetero_lr_0/train/auc}. */
  static void collect(String path, Tree summary, Map<String, Double> found) {
    if (summary.value() instanceof Number number) {
      found.put(path, number.doubleValue());
    }
    summary.entries().forEach((key, each) -> collect(path + '/' + key, each, found));
  }

  /**
   * Fails the jobs of a group that differ from its first one.
   *
   * @param results of one group, in the order of the file, the ones that end well or only give
   *     numbers among others
   * @return all of them
   */
  static List<SuiteResult> compared(List<SuiteResult> results, Suite.Closeness closeness) {
    SuiteResult first = null;
    List<SuiteResult> all = new ArrayList<>();
    for (SuiteResult result : results) {
      boolean measured = result.passed() || result.outcome() == SuiteResult.Outcome.REFERENCE;
      if (!measured || first == null) {
        first = measured ? result : first;
        all.add(result);
      } else {
        String difference = difference(first, result, closeness);
        all.add(difference.isEmpty() ? result : result.failed(difference));
      }
    }
    return all;
  }

  /** Nothing in common is a difference, too: such a group would compare nothing. */
  private static String difference(SuiteResult first, SuiteResult other, Suite.Closeness close) {
    Map<String, Double> mine = named(first.metrics());
    Map<String, Double> theirs = named(other.metrics());
    mine.keySet().retainAll(theirs.keySet());
    if (mine.isEmpty()) {
      return "no metric in common with " + first.task();
    }
    List<String> far = new ArrayList<>();
    mine.forEach(
        (name, value) -> {
          if (!close.holds(value, theirs.get(name))) {
            far.add(name + " is " + theirs.get(name) + ", not " + value);
          }
        });
    return far.isEmpty() ? "" : "unlike " + first.task() + ": " + String.join("; ", far);
  }

  /** By the last word of the path; a validation counts before a training. */
  private static Map<String, Double> named(Map<String, Double> metrics) {
    Map<String, Double> named = new LinkedHashMap<>();
    metrics.forEach(
        (path, value) -> {
          if (path.contains(VALIDATE)) {
            named.putIfAbsent(last(path), value);
          }
        });
    metrics.forEach((path, value) -> named.putIfAbsent(last(path), value));
    return named;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
