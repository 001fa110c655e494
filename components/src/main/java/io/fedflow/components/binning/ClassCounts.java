package io.fedflow.components.binning;

import io.fedflow.components.binning.BinningModel.ClassStatistics;
import io.fedflow.components.binning.BinningModel.HostStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics of every class from counts. Not thread-safe.
 *
 * <p>Two classes have one result, the larger label being the event; of more each is the event once.
 */
final class ClassCounts {

  private final List<String> labels;
  private final double adjustment;
  private final List<Map<String, BinStatistics>> own = new ArrayList<>();
  private final List<List<HostStatistics>> hosts = new ArrayList<>();

  /**
   * Without counts yet.
   *
   * @param adjustment added to the counts of a bin that lacks events or others
   */
  ClassCounts(List<String> labels, double adjustment) {
    this.labels = labels.size() == 2 ? List.of("") : labels;
    this.adjustment = adjustment;
    for (int i = 0; i < this.labels.size(); i++) {
      own.add(new LinkedHashMap<>());
      hosts.add(new ArrayList<>());
    }
  }

  /**
   * Adds an own column.
   *
   * @param counts shape [classes][bins]
   * @param metric what an optimal binning optimised; empty for others
   */
  void addOwn(String column, long[][] counts, List<Double> metric) {
    add(own, column, counts, metric);
  }

  /** Adds a host, whose columns follow. */
  HostCounts addHost(String partyId) {
    List<Map<String, BinStatistics>> columns = new ArrayList<>();
    labels.forEach(label -> columns.add(new LinkedHashMap<>()));
    return new HostCounts(partyId, columns);
  }

  /** The counts of one host while they are collected. */
  final class HostCounts {

    private final String partyId;
    private final List<Map<String, BinStatistics>> columns;

    private HostCounts(String partyId, List<Map<String, BinStatistics>> columns) {
      this.partyId = partyId;
      this.columns = columns;
    }

    /** Adds a column, as {@link ClassCounts#addOwn}. */
    void add(String column, long[][] counts, List<Double> metric) {
      ClassCounts.this.add(columns, column, counts, metric);
    }

    /** All columns are there. */
    void end() {
      for (int i = 0; i < columns.size(); i++) {
        hosts.get(i).add(new HostStatistics(partyId, columns.get(i)));
      }
    }
  }

  /** What was added. */
  List<ClassStatistics> statistics() {
    List<ClassStatistics> classes = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      classes.add(new ClassStatistics(labels.get(i), own.get(i), hosts.get(i)));
    }
    return classes;
  }

  private void add(
      List<Map<String, BinStatistics>> classes,
      String column,
      long[][] counts,
      List<Double> metric) {
    for (int label = 0; label < classes.size(); label++) {
      classes
          .get(label)
          .put(
              column,
              BinStatistics.of(counts[label], others(counts, label), adjustment).optimised(metric));
    }
  }

  private static long[] others(long[][] counts, int label) {
    long[] others = new long[counts[label].length];
    for (int other = 0; other < counts.length; other++) {
      for (int bin = 0; bin < others.length && other != label; bin++) {
        others[bin] += counts[other][bin];
      }
    }
    return others;
  }
}
