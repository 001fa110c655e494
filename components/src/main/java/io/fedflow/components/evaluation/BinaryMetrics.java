package io.fedflow.components.evaluation;

import io.fedflow.component.TaskLog;
import io.fedflow.components.evaluation.RankedScores.Counts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** All binary metrics of one row type but PSI, which needs two. */
final class BinaryMetrics {

  private final RankedScores ranked;
  private final MetricReport report;

  private BinaryMetrics(RankedScores ranked, MetricReport report) {
    this.ranked = ranked;
    this.report = report;
  }

  /**
   * Measures.
   *
   * @param log receives a warning if rows of one label leave auc, ks and roc undefined
   */
  static void measure(List<String> metrics, RankedScores ranked, MetricReport report, TaskLog log) {
    BinaryMetrics binary = new BinaryMetrics(ranked, report);
    boolean oneLabel = ranked.positives() == 0 || ranked.negatives() == 0;
    for (String metric : metrics) {
      if (oneLabel && List.of("auc", "ks", "roc").contains(metric)) {
        log.warning(
            metric + " of " + report.dataName() + " is left out: it needs rows of both labels");
      } else {
        binary.measure(metric);
      }
    }
  }

  private void measure(String metric) {
    switch (metric) {
      case "auc" -> report.single("auc", RocCurve.area(ranked));
      case "ks" -> ks();
      case "roc" -> roc();
      case "lift" -> depthCurve("lift", "LIFT_EVALUATION", Counts::lift);
      case "gain" -> depthCurve("gain", "GAIN_EVALUATION", Counts::recall);
      case "accuracy" -> accuracy();
      case "precision" -> precisionAndRecall();
      case "confusion_mat" -> confusion();
      case "f1_score" -> f1();
      case "quantile_pr" -> quantiles();
      case "recall", "psi" -> {
        // Recall is drawn with precision; PSI is measured over two row types.
      }
      default -> throw new IllegalArgumentException("no binary metric " + metric);
    }
  }

  private void ks() {
    KsCurve curve = KsCurve.of(ranked);
    report.single("ks", curve.largest());
    List<Double> thresholds = Rounding.round(curve.thresholds());
    for (String rate : List.of("fpr", "tpr")) {
      report.curve(
          "ks_" + rate,
          "KS_EVALUATION",
          curve.cuts(),
          rate.equals("fpr") ? curve.fpr() : curve.tpr(),
          Map.of(
              "curve_name",
              report.dataName() + '_' + rate,
              "pair_type",
              report.dataName(),
              "thresholds",
              thresholds));
    }
  }

  private void roc() {
    List<RocCurve.Point> points = RocCurve.points(ranked);
    report.curve(
        "roc",
        "ROC_EVALUATION",
        points.stream().mapToDouble(RocCurve.Point::fpr).toArray(),
        points.stream().mapToDouble(RocCurve.Point::tpr).toArray(),
        Map.of(
            "unit_name",
            "fpr",
            "ordinate_name",
            "tpr",
            "curve_name",
            report.dataName(),
            "thresholds",
            Rounding.round(points.stream().mapToDouble(RocCurve.Point::threshold).toArray())));
  }

  private void depthCurve(String metric, String type, ToDoubleFunction<Counts> value) {
    double[] thresholds = Thresholds.byDistinctScore(ranked);
    Counts[] counts = ranked.at(thresholds);
    report.curve(
        metric,
        type,
        append(values(counts, Counts::depth), 1),
        append(values(counts, value), 1),
        curveFacts(thresholds));
  }

  private void accuracy() {
    double[] thresholds = Thresholds.byDistinctScore(ranked);
    report.curve(
        "accuracy",
        "ACCURACY_EVALUATION",
        Thresholds.fixed(),
        values(ranked.at(thresholds), Counts::accuracy),
        curveFacts(thresholds));
  }

  private void precisionAndRecall() {
    double[] steps = Thresholds.byDistinctScore(ranked);
    // One threshold below all scores, so that the curve ends with every row predicted positive.
    double[] thresholds = append(steps, steps[steps.length - 1] - 0.001);
    double[] cuts = append(Thresholds.fixed(), 1);
    Counts[] counts = ranked.at(thresholds);
    int[] kept = bestOfEqualRecall(counts);
    for (String metric : List.of("precision", "recall")) {
      Map<String, Object> facts =
          curveFacts(Arrays.stream(kept).mapToDouble(i -> thresholds[i]).toArray());
      facts.put("ordinate_name", metric.equals("precision") ? "Precision" : "Recall");
      facts.put("pair_type", report.dataName());
      report.curve(
          metric,
          metric.equals("precision") ? "PRECISION_BINARY_EVALUATION" : "RECALL_BINARY_EVALUATION",
          Arrays.stream(kept).mapToDouble(i -> cuts[i]).toArray(),
          Arrays.stream(kept)
              .mapToDouble(
                  i -> metric.equals("precision") ? counts[i].precision() : counts[i].recall())
              .toArray(),
          facts);
    }
  }

  private static int[] bestOfEqualRecall(Counts[] counts) {
    Map<Integer, Integer> best = new LinkedHashMap<>();
    for (int i = 0; i < counts.length; i++) {
      Integer known = best.get(counts[i].tp());
      if (known == null || counts[known].precision() < counts[i].precision()) {
        best.put(counts[i].tp(), i);
      }
    }
    return best.values().stream().mapToInt(Integer::intValue).toArray();
  }

  private void confusion() {
    double[] thresholds = Thresholds.fixed();
    Counts[] counts = ranked.at(thresholds);
    report.facts(
        "confusion_mat",
        "CONFUSION_MAT",
        Map.of(
            "tp", integers(counts, Counts::tp),
            "tn", integers(counts, Counts::tn),
            "fp", integers(counts, Counts::fp),
            "fn", integers(counts, Counts::fn),
            "thresholds", Rounding.round(thresholds)));
  }

  private void f1() {
    double[] thresholds = Thresholds.fixed();
    report.facts(
        "f1_score",
        "F1_SCORE",
        Map.of(
            "f1_scores", Rounding.round(values(ranked.at(thresholds), Counts::f1)),
            "thresholds", Rounding.round(thresholds)));
  }

  private void quantiles() {
    double[] ascending = Thresholds.quantiles(ranked);
    double[] thresholds = new double[ascending.length];
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = ascending[ascending.length - 1 - i];
    }
    Counts[] counts = ranked.at(thresholds);
    report.facts(
        "quantile_pr",
        "QUANTILE_PR",
        Map.of(
            "p_scores", pairs(values(counts, Counts::precision)),
            "r_scores", pairs(values(counts, Counts::recall)),
            "thresholds", Rounding.round(thresholds)));
  }

  private Map<String, Object> curveFacts(double[] thresholds) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("curve_name", report.dataName());
    facts.put("thresholds", Rounding.round(thresholds));
    return facts;
  }

  // The form that boards know: the value of label 0 is not measured and stands at 0.
  private static List<List<Double>> pairs(double[] values) {
    return Rounding.round(values).stream().map(value -> List.of(0.0, value)).toList();
  }

  private static double[] values(Counts[] counts, ToDoubleFunction<Counts> value) {
    return Arrays.stream(counts).mapToDouble(value).toArray();
  }

  private static List<Integer> integers(Counts[] counts, ToIntFunction<Counts> value) {
    return Arrays.stream(counts).map(value::applyAsInt).toList();
  }

  private static double[] append(double[] values, double last) {
    double[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = last;
    return longer;
  }
}
