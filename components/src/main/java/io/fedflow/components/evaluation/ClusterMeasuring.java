package io.fedflow.components.evaluation;

import io.fedflow.component.TaskLog;
import io.fedflow.component.TaskTracker;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is measured of clusters, and who is told. Immutable.
 *
 * @param metrics resolved names, in the order of reports; of each table those are measured that its
 *     form holds
 */
record ClusterMeasuring(TaskTracker tracker, TaskLog log, List<String> metrics) {

  /**
   * Measures every row type of a table on its own.
   *
   * @return row type to metric to value
   * @throws io.fedflow.failure.FedflowException {@code evaluation.input} (INVALID) if the table
   *     holds nothing of a clustering, or lacks values
   */
  Map<String, Map<String, Object>> of(String dataName, Table table) {
    Map<String, Map<String, Object>> measured = new LinkedHashMap<>();
    PredictionRows.byType(dataName, table, ClusterTable.typeColumn(dataName, table))
        .forEach(
            (rowType, rows) -> {
              MetricReport report =
                  new MetricReport(tracker, rowType, dataName, "CLUSTERING_EVALUATION_SUMMARY");
              ClusterTable form = ClusterTable.of(dataName, rows);
              if (form instanceof ClusterTable.Members members) {
                measure(dataName, members, report);
              } else if (form instanceof ClusterTable.Shapes shapes) {
                measure(dataName, shapes, report);
              } else {
                log.info(
                    "data of " + dataName + ": distances of rows, of which nothing is measured");
              }
              measured.put(rowType, report.finish());
            });
    return measured;
  }

  private void measure(String dataName, ClusterTable.Members members, MetricReport report) {
    if (members.labels() == null) {
      log.info("data of " + dataName + ": no row has a label to compare its cluster with");
      return;
    }
    ClusterAgreement agreement = ClusterAgreement.of(members.labels(), members.clusters());
    for (String metric : metrics) {
      switch (metric) {
        case "jaccard_similarity_score" -> report.single(metric, agreement.jaccard());
        case "fowlkes_mallows_score" -> report.single(metric, agreement.fowlkesMallows());
        case "adjusted_rand_score" -> report.single(metric, agreement.adjustedRand());
        case "contingency_matrix" -> report.facts(metric, "CONTINGENCY_MATRIX", table(agreement));
        default -> needsOther(dataName, metric);
      }
    }
  }

  private void measure(String dataName, ClusterTable.Shapes shapes, MetricReport report) {
    ClusterSeparation separation = new ClusterSeparation(shapes);
    for (String metric : metrics) {
      switch (metric) {
        case "davies_bouldin_index" -> {
          if (separation.clusters() > 1) {
            report.single(metric, separation.daviesBouldin());
          } else {
            log.warning("data of " + dataName + ": one cluster, which has no " + metric);
          }
        }
        case "distance_measure" -> report.facts(metric, "DISTANCE_MEASURE", distances(separation));
        default -> needsOther(dataName, metric);
      }
    }
  }

  private void needsOther(String dataName, String metric) {
    log.info("data of " + dataName + ": " + metric + " needs a table of another form");
  }

  private static Map<String, Object> table(ClusterAgreement agreement) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("true_labels", agreement.labels().stream().map(ClusterMeasuring::shown).toList());
    facts.put(
        "predicted_labels", IntStream.range(0, agreement.table().get(0).size()).boxed().toList());
    facts.put("result_table", agreement.table());
    return facts;
  }

  /** A label as boards expect it, a whole number if it is one. */
  private static Object shown(String label) {
    try {
      return Long.valueOf(label);
    } catch (NumberFormatException word) {
      return label;
    }
  }

  private static Map<String, Object> distances(ClusterSeparation separation) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cluster_index", IntStream.range(0, separation.clusters()).boxed().toList());
    facts.put("radius", Rounding.round(separation.shapes().radius()));
    facts.put("nearest_idx", separation.nearest());
    return facts;
  }
}
