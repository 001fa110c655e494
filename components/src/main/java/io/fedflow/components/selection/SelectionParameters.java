package io.fedflow.components.selection;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Set;

/** What a conf may say to {@link HeteroFeatureSelection}. */
final class SelectionParameters {

  static final String UNIQUE = "unique_value";
  static final String IV_THRESHOLD = "iv_value_thres";
  static final String IV_PERCENTILE = "iv_percentile";
  static final String IV_TOP_K = "iv_top_k";
  static final String IV_FILTER = "iv_filter";
  static final String VARIATION = "coefficient_of_variation_value_thres";
  static final String OUTLIER = "outlier_cols";
  static final String MANUALLY = "manually";
  static final String PERCENTAGE = "percentage_value";

  static final List<String> FILTER_TYPES = List.of("threshold", "top_k", "top_percentile");

  private static final Set<String> UNSUPPORTED =
      Set.of(
          "statistic_filter",
          "psi_filter",
          "vif_filter",
          "correlation_filter",
          "hetero_sbt_filter",
          "homo_sbt_filter",
          "hetero_fast_sbt_filter");

  private static final List<String> METHODS =
      List.of(
          UNIQUE,
          IV_THRESHOLD,
          IV_PERCENTILE,
          IV_TOP_K,
          VARIATION,
          OUTLIER,
          MANUALLY,
          PERCENTAGE,
          IV_FILTER,
          "statistic_filter",
          "psi_filter",
          "vif_filter",
          "correlation_filter",
          "hetero_sbt_filter",
          "homo_sbt_filter",
          "hetero_fast_sbt_filter");

  private static final ParameterSchema MANUAL =
      ParameterSchema.builder()
          .include(listOrNull("filter_out_indexes", "positions of columns to remove"))
          .include(listOrNull("filter_out_names", "names of columns to remove"))
          .include(listOrNull("left_col_indexes", "positions of the only columns to keep"))
          .include(listOrNull("left_col_names", "names of the only columns to keep"))
          .build();

  private static final ParameterSchema IV =
      ParameterSchema.builder()
          .include(textOrList("metrics", "iv", "what to judge by: iv"))
          .include(textOrList("filter_type", "threshold", "one of " + FILTER_TYPES))
          .include(numberOrList("threshold", 1.0, "least value, count or share"))
          .any(
              "host_thresholds",
              null,
              "threshold of all hosts, or one for each",
              ParameterType.NUMBER,
              ParameterType.LIST,
              ParameterType.NULL)
          .include(boolOrList("take_high", true, "must be true"))
          .include(boolOrList("select_federated", true, "whether hosts' columns are filtered too"))
          .include(
              textOrList("mul_class_merge_type", "average", "of effect with several classes only"))
          .build();

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "select_col_indexes",
              -1,
              "positions of the candidate columns; -1 for all",
              ParameterType.INT,
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "select_names",
              null,
              "names of further candidates",
              ParameterType.LIST,
              ParameterType.NULL)
          .choices("filter_methods", null, METHODS, "the filters, in order; null for manually")
          .object(
              "unique_param",
              ParameterSchema.builder()
                  .number("eps", 1e-5, 0.0, null, "least standard deviation")
                  .build(),
              "settings of unique_value")
          .object(
              "iv_value_param",
              ParameterSchema.builder()
                  .number("value_threshold", 0.0, null, null, "least information value")
                  .any(
                      "host_thresholds",
                      null,
                      "threshold of all hosts, or one for each",
                      ParameterType.NUMBER,
                      ParameterType.LIST,
                      ParameterType.NULL)
                  .bool("local_only", false, "whether hosts keep all columns")
                  .build(),
              "settings of iv_value_thres")
          .object(
              "iv_percentile_param",
              ParameterSchema.builder()
                  .number("percentile_threshold", 1.0, 0.0, 1.0, "share of columns to keep")
                  .bool("local_only", false, "whether hosts keep all columns")
                  .build(),
              "settings of iv_percentile")
          .object(
              "iv_top_k_param",
              ParameterSchema.builder()
                  .integer("k", 10, 1, null, "how many columns to keep")
                  .bool("local_only", false, "whether hosts keep all columns")
                  .build(),
              "settings of iv_top_k")
          .object(
              "variance_coe_param",
              ParameterSchema.builder()
                  .number("value_threshold", 1.0, null, null, "least coefficient of variation")
                  .build(),
              "settings of coefficient_of_variation_value_thres")
          .object(
              "outlier_param",
              ParameterSchema.builder()
                  .number("percentile", 1.0, 0.0, 1.0, "which quantile to look at")
                  .number("upper_threshold", 1.0, null, null, "its largest allowed value")
                  .build(),
              "settings of outlier_cols")
          .object("manually_param", MANUAL, "settings of manually")
          .object(
              "percentage_value_param",
              ParameterSchema.builder()
                  .number("upper_pct", 1.0, 0.1, 1.0, "largest share of the most frequent value")
                  .build(),
              "settings of percentage_value")
          .object("iv_param", IV, "settings of iv_filter")
          .object("statistic_param", common("mean", 1.0, true), "settings of statistic_filter")
          .object("psi_param", common("psi", 1.0, false), "settings of psi_filter")
          .object("vif_param", common("vif", 5.0, false), "settings of vif_filter")
          .object(
              "sbt_param", common("feature_importance", 1.0, true), "settings of the sbt filters")
          .object(
              "correlation_param",
              ParameterSchema.builder()
                  .text("sort_metric", "iv", "what columns are ordered by")
                  .number("threshold", 0.1, 0.0, 1.0, "largest correlation")
                  .bool("select_federated", true, "whether hosts' columns are filtered too")
                  .build(),
              "settings of correlation_filter")
          .bool("use_anonymous", false, "whether names of columns are anonymous names")
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private SelectionParameters() {}

  /** The filters asked for, in order. */
  static List<String> methods(Params params) {
    List<String> methods = params.texts("filter_methods");
    return methods == null ? List.of(MANUALLY) : methods;
  }

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    List<String> methods = methods(params);
    for (int i = 0; i < methods.size(); i++) {
      if (UNSUPPORTED.contains(methods.get(i))) {
        problems.error(
            pointer + "/filter_methods/" + i,
            "this filter is not supported yet",
            methods.get(i),
            "one of " + METHODS.stream().filter(m -> !UNSUPPORTED.contains(m)).toList());
      }
    }
    checkManual(params.object("manually_param"), pointer + "/manually_param", problems);
    checkIv(params.object("iv_param"), pointer + "/iv_param", problems);
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

  private static void checkIv(Params iv, String pointer, Problems problems) {
    int runs = IvRuns.count(iv);
    for (String name :
        List.of("metrics", "filter_type", "threshold", "take_high", "select_federated")) {
      if (iv.get(name) instanceof List<?> list && list.size() != runs) {
        problems.error(
            pointer + "/" + name, "lists differ in length", list.size(), runs + " elements");
      }
    }
    if (problems.any()) {
      return;
    }
    for (int run = 0; run < runs; run++) {
      String type = String.valueOf(IvRuns.element(iv, "filter_type", run));
      if (!FILTER_TYPES.contains(type)) {
        problems.error(pointer + "/filter_type", "unknown choice", type, "one of " + FILTER_TYPES);
      }
      if (!"iv".equals(IvRuns.element(iv, "metrics", run))) {
        problems.error(
            pointer + "/metrics", "unknown choice", IvRuns.element(iv, "metrics", run), "iv");
      }
      if (!Boolean.TRUE.equals(IvRuns.element(iv, "take_high", run))) {
        problems.error(pointer + "/take_high", "iv_filter keeps high values", false, "true");
      }
      if (!(IvRuns.element(iv, "threshold", run) instanceof Number)) {
        problems.error(
            pointer + "/threshold", "wrong type", IvRuns.element(iv, "threshold", run), "a number");
      }
    }
  }

  private static ParameterSchema common(String metric, double threshold, boolean takeHigh) {
    return ParameterSchema.builder()
        .include(textOrList("metrics", metric, "what to judge by"))
        .include(textOrList("filter_type", "threshold", "one of " + FILTER_TYPES))
        .include(boolOrList("take_high", takeHigh, "whether high values stay"))
        .include(numberOrList("threshold", threshold, "bound, count or share"))
        .any(
            "host_thresholds",
            null,
            "threshold of all hosts, or one for each",
            ParameterType.NUMBER,
            ParameterType.LIST,
            ParameterType.NULL)
        .include(boolOrList("select_federated", true, "whether hosts' columns are filtered too"))
        .build();
  }

  private static ParameterSchema listOrNull(String name, String description) {
    return ParameterSchema.builder()
        .any(name, null, description, ParameterType.LIST, ParameterType.NULL)
        .build();
  }

  private static ParameterSchema textOrList(String name, String value, String description) {
    return ParameterSchema.builder()
        .any(name, value, description, ParameterType.TEXT, ParameterType.LIST)
        .build();
  }

  private static ParameterSchema numberOrList(String name, double value, String description) {
    return ParameterSchema.builder()
        .any(name, value, description, ParameterType.NUMBER, ParameterType.LIST)
        .build();
  }

  private static ParameterSchema boolOrList(String name, boolean value, String description) {
    return ParameterSchema.builder()
        .any(name, value, description, ParameterType.BOOL, ParameterType.LIST)
        .build();
  }
}
