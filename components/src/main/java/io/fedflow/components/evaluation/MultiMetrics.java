package io.fedflow.components.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Metrics of predicted classes. */
final class MultiMetrics {

  private MultiMetrics() {}

  /** Numbers in order of value, before texts in order of text. */
  private static final Comparator<String> BY_CLASS =
      Comparator.comparing(MultiMetrics::numeric).thenComparing(Comparator.naturalOrder());

  /** Measures; labels and predictions of shape [rows], at least one row. */
  static void measure(
      List<String> metrics, String[] labels, String[] predicted, MetricReport report) {
    TreeMap<String, int[]> counts = new TreeMap<>(BY_CLASS);
    int right = 0;
    for (int row = 0; row < labels.length; row++) {
      int[] ofLabel = counts.computeIfAbsent(labels[row], name -> new int[3]);
      int[] ofPredicted = counts.computeIfAbsent(predicted[row], name -> new int[3]);
      ofLabel[1]++;
      ofPredicted[2]++;
      if (labels[row].equals(predicted[row])) {
        ofLabel[0]++;
        right++;
      }
    }
    for (String metric : metrics) {
      switch (metric) {
        case "accuracy" -> report.single(metric, (double) right / labels.length);
        case "precision" -> perClass(metric, "PRECISION_MULTI_EVALUATION", counts, 2, report);
        case "recall" -> perClass(metric, "RECALL_MULTI_EVALUATION", counts, 1, report);
        default -> throw new IllegalArgumentException("no multi metric " + metric);
      }
    }
  }

  // Of each class: rows that are right (0), have the label (1), have the prediction (2).
  private static void perClass(
      String metric,
      String type,
      TreeMap<String, int[]> counts,
      int denominator,
      MetricReport report) {
    double[] values =
        counts.values().stream()
            .mapToDouble(c -> c[denominator] == 0 ? 0 : (double) c[0] / c[denominator])
            .toArray();
    double[] classes = new double[values.length];
    Arrays.setAll(classes, i -> i);
    report.single(metric, Arrays.stream(values).average().orElse(0));
    report.curve(
        metric,
        type,
        classes,
        values,
        Map.of(
            "curve_name", report.dataName(),
            "ordinate_name", metric.equals("precision") ? "Precision" : "Recall",
            "pair_type", report.dataName(),
            "classes", List.copyOf(counts.keySet())));
  }

  private static double numeric(String name) {
    try {
      return Double.parseDouble(name);
    } catch (NumberFormatException text) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
