package io.fedflow.components.selection;

import io.fedflow.component.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the filters that a conf asks for. Stateless. */
final class FilterChain {

  private FilterChain() {}

  /** The filters, in order; one for each run of a filter whose settings are lists. */
  static List<FilterStep> of(Params params) {
    List<FilterStep> steps = new ArrayList<>();
    for (String method : SelectionParameters.methods(params)) {
      switch (method) {
        case SelectionParameters.IV_FILTER -> addInformation(params.object("iv_param"), steps);
        case SelectionParameters.STATISTIC ->
            addRuns(method, params.object("statistic_param"), MeasureModel.STATISTICS, steps);
        case SelectionParameters.PSI ->
            addRuns(method, params.object("psi_param"), MeasureModel.STABILITY, steps);
        case SelectionParameters.VIF ->
            addRuns(method, params.object("vif_param"), MeasureModel.CORRELATIONS, steps);
        case SelectionParameters.HETERO_SBT ->
            addRuns(method, params.object("sbt_param"), MeasureModel.TREES, steps);
        case SelectionParameters.FAST_SBT ->
            addRuns(method, params.object("sbt_param"), MeasureModel.FAST_TREES, steps);
        case SelectionParameters.HOMO_SBT ->
            addRuns(method, params.object("sbt_param"), MeasureModel.HOMO_TREES, steps);
        case SelectionParameters.CORRELATION -> {
          Params correlation = params.object("correlation_param");
          steps.add(
              FilterStep.correlation(
                  correlation.number("threshold"), correlation.bool("select_federated")));
        }
        default -> steps.add(single(method, params));
      }
    }
    return steps;
  }

  /** A filter with settings of its own, which are no lists. */
  private static FilterStep single(String method, Params params) {
    MeasureModel statistics = MeasureModel.STATISTICS;
    return switch (method) {
      case SelectionParameters.UNIQUE ->
          FilterStep.own(
              method, "stddev", statistics, true, params.object("unique_param").number("eps"));
      case SelectionParameters.VARIATION ->
          FilterStep.own(
              method,
              "coefficient_of_variance",
              statistics,
              true,
              params.object("variance_coe_param").number("value_threshold"));
      case SelectionParameters.OUTLIER -> {
        Params outlier = params.object("outlier_param");
        yield FilterStep.own(
            method,
            percentile(outlier.number("percentile")),
            statistics,
            false,
            outlier.number("upper_threshold"));
      }
      case SelectionParameters.PERCENTAGE ->
          FilterStep.own(
              method,
              "largest_share",
              null,
              false,
              params.object("percentage_value_param").number("upper_pct"));
      case SelectionParameters.IV_THRESHOLD -> {
        Params iv = params.object("iv_value_param");
        yield iv(
            method,
            KeepRule.THRESHOLD,
            iv.number("value_threshold"),
            iv.get("host_thresholds"),
            iv);
      }
      case SelectionParameters.IV_PERCENTILE -> {
        Params iv = params.object("iv_percentile_param");
        yield iv(method, KeepRule.TOP_PERCENTILE, iv.number("percentile_threshold"), null, iv);
      }
      case SelectionParameters.IV_TOP_K -> {
        Params iv = params.object("iv_top_k_param");
        yield iv(method, KeepRule.TOP_K, iv.integer("k"), null, iv);
      }
      default -> FilterStep.manual(method);
    };
  }

  private static FilterStep iv(
      String method, KeepRule rule, double threshold, Object hostThresholds, Params settings) {
    return FilterStep.iv(
        method, rule, threshold, hostThresholds, !settings.bool("local_only"), ClassMerge.AVERAGE);
  }

  private static void addInformation(Params settings, List<FilterStep> steps) {
    FilterRuns runs = FilterRuns.of(settings);
    for (int run = 0; run < runs.count(); run++) {
      KeepRule rule = rule(runs, run);
      steps.add(
          FilterStep.iv(
              "iv_" + rule.text(),
              rule,
              runs.number("threshold", run),
              runs.hostThresholds(run),
              runs.bool("select_federated", run),
              ClassMerge.of(runs.text("mul_class_merge_type", run))));
    }
  }

  private static void addRuns(
      String method, Params settings, MeasureModel model, List<FilterStep> steps) {
    FilterRuns runs = FilterRuns.of(settings);
    for (int run = 0; run < runs.count(); run++) {
      KeepRule rule = rule(runs, run);
      String metric = runs.text("metrics", run);
      steps.add(
          new FilterStep(
              method,
              switch (method) {
                case SelectionParameters.STATISTIC -> metric;
                case SelectionParameters.PSI -> metric + "_" + rule.text();
                default -> method;
              },
              metric,
              model,
              rule,
              runs.bool("take_high", run),
              runs.number("threshold", run),
              null,
              // Nobody knows such values of another party: each filters its own columns.
              false,
              ClassMerge.AVERAGE));
    }
  }

  /** The statistic's name, such as {@code 95%}; one that no model has unless it is whole. */
  private static String percentile(double share) {
    double percent = share * 100;
    long whole = Math.round(percent);
    return (Math.abs(percent - whole) < 1e-9 ? String.valueOf(whole) : percent) + "%";
  }

  private static KeepRule rule(FilterRuns runs, int run) {
    return KeepRule.valueOf(runs.text("filter_type", run).toUpperCase(Locale.ROOT));
  }
}
