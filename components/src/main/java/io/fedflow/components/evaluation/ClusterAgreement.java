package io.fedflow.components.evaluation;

import io.fedflow.components.labels.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far clusters agree with labels. Immutable. Source of the definitions: scikit-learn, metrics
 * of clusterings; Fowlkes and Mallows 1983; Hubert and Arabie 1985.
 */
final class ClusterAgreement {

  /** The most clusters; more would make a table that nobody reads. */
  static final int MOST_CLUSTERS = 10_000;

  private final List<String> labels;
  private final long[][] table;
  private final int rows;

  private ClusterAgreement(List<String> labels, long[][] table, int rows) {
    this.labels = labels;
    this.table = table;
    this.rows = rows;
  }

  /**
   * Counts.
   *
   * @param labels one a row, at least one row
   * @param clusters one a row, from 0
   * @throws io.fedflow.failure.FedflowException {@code labels.many} (INVALID) if there are more
   *     labels than a classification may have
   */
  static ClusterAgreement of(String[] labels, int[] clusters) {
    List<String> distinct = Labels.distinct(labels);
    long[][] table = new long[distinct.size()][Arrays.stream(clusters).max().orElseThrow() + 1];
    Map<String, Integer> places = new HashMap<>();
    distinct.forEach(label -> places.put(label, places.size()));
    for (int row = 0; row < labels.length; row++) {
      table[places.get(labels[row])][clusters[row]]++;
    }
    return new ClusterAgreement(distinct, table, labels.length);
  }

  /** The distinct labels, in the order of the table's rows. */
  List<String> labels() {
    return labels;
  }

  /** How many rows have a label and are in a cluster, [labels][clusters]. */
  List<List<Long>> table() {
    List<List<Long>> counts = new ArrayList<>();
    for (long[] row : table) {
      counts.add(Arrays.stream(row).boxed().toList());
    }
    return counts;
  }

  /**
   * The share of rows that label and cluster of the same name have in common among those that
   * either has: of each label, weighed by its rows.
   */
  double jaccard() {
    double sum = 0;
    for (int label = 0; label < table.length; label++) {
      int cluster = clusterNamed(labels.get(label));
      long withLabel = Arrays.stream(table[label]).sum();
      long both = cluster < 0 ? 0 : table[label][cluster];
      long inCluster = cluster < 0 ? 0 : column(cluster);
      sum += (double) withLabel * both / (withLabel + inCluster - both);
    }
    return sum / rows;
  }

  /** The geometric mean of precision and recall over pairs of rows; 0 if no pair agrees. */
  double fowlkesMallows() {
    double both = pairsTogether();
    return both == 0 ? 0 : Math.sqrt(both / pairsOfClusters()) * Math.sqrt(both / pairsOfLabels());
  }

  /** The share of pairs of rows on which both agree, beyond what chance gives; 1 at most. */
  double adjustedRand() {
    double both = pairsTogether();
    double onlyLabel = pairsOfLabels() - both;
    double onlyCluster = pairsOfClusters() - both;
    double neither = (double) rows * rows - rows - both - onlyLabel - onlyCluster;
    if (onlyLabel == 0 && onlyCluster == 0) {
      return 1;
    }
    return 2
        * (both * neither - onlyLabel * onlyCluster)
        / ((both + onlyLabel) * (onlyLabel + neither)
            + (both + onlyCluster) * (onlyCluster + neither));
  }

  private int clusterNamed(String label) {
    for (int cluster = 0; cluster < table[0].length; cluster++) {
      if (label.equals(String.valueOf(cluster))) {
        return cluster;
      }
    }
    return -1;
  }

  private long column(int cluster) {
    return Arrays.stream(table).mapToLong(row -> row[cluster]).sum();
  }

  // Ordered pairs: each counts twice, in all three alike.
  private double pairsTogether() {
    return Arrays.stream(table).flatMapToLong(Arrays::stream).mapToDouble(n -> (double) n * n).sum()
        - rows;
  }

  private double pairsOfLabels() {
    double sum = -rows;
    for (long[] row : table) {
      double count = Arrays.stream(row).sum();
      sum += count * count;
    }
    return sum;
  }

  private double pairsOfClusters() {
    double sum = -rows;
    for (int cluster = 0; cluster < table[0].length; cluster++) {
      double count = column(cluster);
      sum += count * count;
    }
    return sum;
  }
}
