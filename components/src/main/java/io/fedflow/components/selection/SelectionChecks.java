package io.fedflow.components.selection;

import io.fedflow.component.Params;
import io.fedflow.components.statistics.StatisticNames;
import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The rules over several parameters of {@link HeteroFeatureSelection}. Stateless. */
final class SelectionChecks {

  private static final Map<String, String> ONE_METRIC =
      Map.of(
          "iv_param",
          SelectionParameters.IV,
          "psi_param",
          "psi",
          "vif_param",
          "vif",
          "sbt_param",
          "feature_importance");

  /** Which end of the values stays, where the metric leaves no choice. */
  private static final Map<String, Boolean> TAKE_HIGH =
      Map.of("iv_param", true, "psi_param", false, "sbt_param", true);

  private SelectionChecks() {}

  /** Reports what is wrong. */
  static void check(Params params, String pointer, Problems problems) {
    checkManual(params.object("manually_param"), pointer + "/manually_param", problems);
    for (String name :
        List.of("iv_param", "statistic_param", "psi_param", "vif_param", "sbt_param")) {
      FilterRuns runs = FilterRuns.of(params.object(name));
      if (sameLengths(runs, pointer + "/" + name, problems)) {
        for (int run = 0; run < runs.count(); run++) {
          checkRun(name, runs, run, pointer + "/" + name, problems);
        }
      }
    }
  }

  private static void checkManual(Params manual, String pointer, Problems problems) {
    boolean out = !manual.isNull("filter_out_indexes") || !manual.isNull("filter_out_names");
    boolean left = !manual.isNull("left_col_indexes") || !manual.isNull("left_col_names");
    if (out && left) {
      problems.error(
          pointer,
          "columns to remove and columns to keep exclude each other",
          "both",
          "filter_out_... or left_col_...");
    }
  }

  private static boolean sameLengths(FilterRuns runs, String pointer, Problems problems) {
    boolean same = true;
    for (String name : FilterRuns.LISTED) {
      if (runs.settings().get(name) instanceof List<?> list && list.size() != runs.count()) {
        problems.error(
            pointer + "/" + name,
            "lists differ in length",
            list.size(),
            runs.count() + " elements");
        same = false;
      }
    }
    return same;
  }

  private static void checkRun(
      String filter, FilterRuns runs, int run, String pointer, Problems problems) {
    Run at = new Run(runs, run, pointer, problems);
    String metric = ONE_METRIC.get(filter);
    if (metric == null) {
      at.require(
          "metrics",
          value -> value instanceof String name && StatisticNames.measures(name),
          "count, variance, a percentile 0%..100%, or one of " + StatisticNames.BASIC);
    } else {
      at.require("metrics", metric::equals, metric);
    }
    at.require(
        "filter_type",
        SelectionParameters.FILTER_TYPES::contains,
        "one of " + SelectionParameters.FILTER_TYPES);
    Boolean high = TAKE_HIGH.get(filter);
    at.require(
        "take_high",
        value -> value instanceof Boolean && (high == null || high.equals(value)),
        high == null ? "true or false" : high.toString());
    at.require("select_federated", Boolean.class::isInstance, "true or false");
    if (runs.settings().containsKey("mul_class_merge_type")) {
      at.require(
          "mul_class_merge_type", ClassMerge.texts()::contains, "one of " + ClassMerge.texts());
    }
    switch (runs.text("filter_type", run)) {
      case "top_k" ->
          at.require(
              "threshold",
              value ->
                  value instanceof Number k
                      && k.doubleValue() >= 1
                      && k.doubleValue() == Math.rint(k.doubleValue()),
              "a whole number of columns, at least 1");
      case "top_percentile" ->
          at.require(
              "threshold",
              value ->
                  value instanceof Number share
                      && share.doubleValue() >= 0
                      && share.doubleValue() <= 1,
              "a share 0..1");
      default -> at.require("threshold", Number.class::isInstance, "a number");
    }
    if (filter.equals("iv_param")) {
      at.requireHostThresholds();
    }
  }

  /** One run of a filter, and where its problems go. */
  private record Run(FilterRuns runs, int run, String pointer, Problems problems) {

    void require(String name, Predicate<Object> holds, String allowed) {
      Object value = runs.element(name, run);
      if (value == null || !holds.test(value)) {
        problems.error(
            pointer + "/" + name + (runs.settings().get(name) instanceof List<?> ? "/" + run : ""),
            "not allowed here",
            value,
            allowed);
      }
    }

    void requireHostThresholds() {
      Object thresholds = runs.hostThresholds(run);
      if (thresholds != null
          && !(thresholds instanceof Number)
          && !(thresholds instanceof List<?> list
              && list.stream().allMatch(Number.class::isInstance))) {
        problems.error(
            pointer + "/host_thresholds",
            "not allowed here",
            thresholds,
            "null, a number for all hosts, or a list with one for each");
      }
    }
  }
}
