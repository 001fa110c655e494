package io.fedflow.components.evaluation;

import io.fedflow.component.TaskLog;
import io.fedflow.component.TaskTracker;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured of predictions, and who is told. Immutable.
 *
 * @param metrics resolved names of the type, in the order of reports
 * @param positive see {@link BinaryLabels#of}; of no effect but for binary predictions
 */
record Measuring(
    TaskTracker tracker, TaskLog log, EvalType type, List<String> metrics, Object positive) {

  Measuring {
    metrics = List.copyOf(metrics);
  }

  /**
   * Measures every row type of a table on its own, and PSI over two of them.
   *
   * @return row type to metric to value
   * @throws io.fedflow.failure.FedflowException {@code evaluation.input} (INVALID) if the table
   *     holds no predictions, or lacks values
   */
  Map<String, Map<String, Object>> of(String dataName, Table predictions) {
    if (type == EvalType.CLUSTERING) {
      return new ClusterMeasuring(tracker, log, metrics).of(dataName, predictions);
    }
    Map<String, RankedScores> ranked = new LinkedHashMap<>();
    Map<String, Map<String, Object>> measured = new LinkedHashMap<>();
    PredictionRows.split(dataName, predictions)
        .forEach(
            (rowType, rows) -> {
              MetricReport report = new MetricReport(tracker, rowType, dataName);
              switch (type) {
                case BINARY -> {
                  RankedScores scores =
                      new RankedScores(BinaryLabels.of(rows, positive), rows.requiredScores());
                  ranked.put(rowType, scores);
                  BinaryMetrics.measure(metrics, scores, report, log);
                }
                case MULTI ->
                    MultiMetrics.measure(
                        metrics,
                        rows.texts("label", rows.labels()),
                        rows.texts("predict_result", rows.results()),
                        report);
                case REGRESSION ->
                    RegressionMetrics.measure(
                        metrics,
                        rows.numbers("label", rows.labels()),
                        rows.requiredScores(),
                        report);
                case CLUSTERING -> throw new IllegalStateException("measured elsewhere");
              }
              measured.put(rowType, report.finish());
            });
    if (metrics.contains("psi") && ranked.containsKey("train") && ranked.containsKey("validate")) {
      reportPsi(
          new MetricReport(tracker, "validate", dataName),
          Psi.of(ranked.get("train"), ranked.get("validate")));
    }
    return measured;
  }

  private static void reportPsi(MetricReport report, Psi psi) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("psi_scores", Rounding.round(psi.scores()));
    facts.put("total_psi", Rounding.round(psi.total()));
    facts.put("expected_interval", Rounding.round(psi.expected()));
    facts.put("expected_percentage", Rounding.round(psi.expectedShare()));
    facts.put("actual_interval", Rounding.round(psi.actual()));
    facts.put("actual_percentage", Rounding.round(psi.actualShare()));
    facts.put("train_pos_perc", Rounding.round(psi.trainPositives()));
    facts.put("validate_pos_perc", Rounding.round(psi.validatePositives()));
    facts.put("intervals", psi.intervals());
    report.facts("psi", "PSI", facts);
  }
}
