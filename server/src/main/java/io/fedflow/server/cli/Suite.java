package io.fedflow.server.cli;

import java.util.List;
import java.util.Map;

/**
 * Tables, and jobs that read them. Immutable.
 *
 * @param name the file, as reports name it
 * @param tables in the order of the file
 * @param tasks in an order in which every task comes after those that it needs
 * @param groups benchmark groups: the name to how close their metrics have to be
 */
record Suite(
    String name, List<SuiteTable> tables, List<SuiteTask> tasks, Map<String, Closeness> groups) {

  /** Copies the collections. */
  Suite {
    tables = List.copyOf(tables);
    tasks = List.copyOf(tasks);
    groups = Map.copyOf(groups);
  }

  /**
   * When two numbers count as equal: |a − b| ≤ max(relative · max(|a|, |b|), absolute).
   *
   * @param relative at least 0
   * @param absolute at least 0
   */
  record Closeness(double relative, double absolute) {

    boolean holds(double a, double b) {
      return Math.abs(a - b) <= Math.max(relative * Math.max(Math.abs(a), Math.abs(b)), absolute);
    }
  }
}
