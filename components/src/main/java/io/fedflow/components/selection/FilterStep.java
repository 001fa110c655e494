package io.fedflow.components.selection;

import io.fedflow.component.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One filter of the chain. Immutable.
 *
 * @param method the filter method
 * @param name the filter's name in models and summaries
 * @param metric what it judges by; empty for none
 * @param rule how it judges
 * @param takeHigh whether high values stay
 * @param threshold bound, count or share, by {@code rule}
 * @param hostThresholds null, a number for all hosts, or a list with one for each
 * @param federated whether the guest decides over the hosts' columns too
 */
record FilterStep(
    String method,
    String name,
    String metric,
    KeepRule rule,
    boolean takeHigh,
    double threshold,
    Object hostThresholds,
    boolean federated) {

  /** The chain that a conf asks for. */
  static List<FilterStep> chain(Params params) {
    List<FilterStep> steps = new ArrayList<>();
    for (String method : SelectionParameters.methods(params)) {
      switch (method) {
        case SelectionParameters.UNIQUE ->
            steps.add(own(method, "stddev", true, params.object("unique_param").number("eps")));
        case SelectionParameters.VARIATION ->
            steps.add(
                own(
                    method,
                    "coefficient_of_variance",
                    true,
                    params.object("variance_coe_param").number("value_threshold")));
        case SelectionParameters.OUTLIER ->
            steps.add(
                own(
                    method,
                    "quantile",
                    false,
                    params.object("outlier_param").number("upper_threshold")));
        case SelectionParameters.PERCENTAGE ->
            steps.add(
                own(
                    method,
                    "largest_share",
                    false,
                    params.object("percentage_value_param").number("upper_pct")));
        case SelectionParameters.IV_THRESHOLD -> {
          Params iv = params.object("iv_value_param");
          steps.add(
              iv(
                  method,
                  KeepRule.THRESHOLD,
                  iv.number("value_threshold"),
                  iv.get("host_thresholds"),
                  !iv.bool("local_only")));
        }
        case SelectionParameters.IV_PERCENTILE -> {
          Params iv = params.object("iv_percentile_param");
          steps.add(
              iv(
                  method,
                  KeepRule.TOP_PERCENTILE,
                  iv.number("percentile_threshold"),
                  null,
                  !iv.bool("local_only")));
        }
        case SelectionParameters.IV_TOP_K -> {
          Params iv = params.object("iv_top_k_param");
          steps.add(iv(method, KeepRule.TOP_K, iv.integer("k"), null, !iv.bool("local_only")));
        }
        case SelectionParameters.IV_FILTER -> addIvRuns(params.object("iv_param"), steps);
        default ->
            steps.add(new FilterStep(method, method, "", KeepRule.MANUAL, true, 0, null, false));
      }
    }
    return steps;
  }

  /** The threshold that applies to the columns of a host. */
  double thresholdOfHost(int host) {
    if (hostThresholds instanceof Number number) {
      return number.doubleValue();
    }
    return hostThresholds instanceof List<?> list
            && host < list.size()
            && list.get(host) instanceof Number number
        ? number.doubleValue()
        : threshold;
  }

  private static void addIvRuns(Params iv, List<FilterStep> steps) {
    for (int run = 0; run < IvRuns.count(iv); run++) {
      KeepRule rule =
          KeepRule.valueOf(
              ((String) IvRuns.element(iv, "filter_type", run)).toUpperCase(Locale.ROOT));
      steps.add(
          iv(
              "iv_" + rule.name().toLowerCase(Locale.ROOT),
              rule,
              ((Number) IvRuns.element(iv, "threshold", run)).doubleValue(),
              iv.get("host_thresholds"),
              (Boolean) IvRuns.element(iv, "select_federated", run)));
    }
  }

  private static FilterStep own(String method, String metric, boolean takeHigh, double threshold) {
    return new FilterStep(
        method, method, metric, KeepRule.THRESHOLD, takeHigh, threshold, null, false);
  }

  private static FilterStep iv(
      String name, KeepRule rule, double threshold, Object hostThresholds, boolean federated) {
    return new FilterStep(name, name, "iv", rule, true, threshold, hostThresholds, federated);
  }
}
