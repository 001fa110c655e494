package io.fedflow.benchmarks.storage;

import io.fedflow.storage.sql.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The client of a database alone: it writes groups of changes, a transaction for each. */
interface RawWriter extends AutoCloseable {

  /** Writes a group; durable when this returns. */
  void write(List<List<Step>> group) throws Exception;

  @Override
  void close() throws SQLException;

  /** The steps of a group by statement, in the order of the first of each, as stores batch them. */
  static Map<String, List<List<Object>>> batches(List<List<Step>> group) {
    Map<String, List<List<Object>>> batches = new LinkedHashMap<>();
    for (List<Step> change : group) {
      for (Step step : change) {
        batches.computeIfAbsent(step.sql(), sql -> new ArrayList<>()).add(step.args());
      }
    }
    return batches;
  }

  /**
   * Writes all of it in groups.
   *
   * @param together changes in a group
   * @return seconds
   */
  default double writeAll(List<List<Step>> changes, int together) throws Exception {
    long start = System.nanoTime();
    for (int from = 0; from < changes.size(); from += together) {
      write(changes.subList(from, Math.min(changes.size(), from + together)));
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
