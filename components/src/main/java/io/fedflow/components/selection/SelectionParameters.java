package io.fedflow.components.selection;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import java.util.List;

/** What a conf may say to {@link HeteroFeatureSelection}. */
final class SelectionParameters {

  static final String IV = "iv";

  static final String UNIQUE = "unique_value";
  static final String IV_THRESHOLD = "iv_value_thres";
  static final String IV_PERCENTILE = "iv_percentile";
  static final String IV_TOP_K = "iv_top_k";
  static final String IV_FILTER = "iv_filter";
  static final String VARIATION = "coefficient_of_variation_value_thres";
  static final String OUTLIER = "outlier_cols";
  static final String MANUALLY = "manually";
  static final String PERCENTAGE = "percentage_value";
  static final String STATISTIC = "statistic_filter";
  static final String PSI = "psi_filter";
  static final String VIF = "vif_filter";
  static final String CORRELATION = "correlation_filter";
  static final String HETERO_SBT = "hetero_sbt_filter";
  static final String HOMO_SBT = "homo_sbt_filter";
  static final String FAST_SBT = "hetero_fast_sbt_filter";

  static final List<String> FILTER_TYPES = List.of("threshold", "top_k", "top_percentile");

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
          STATISTIC,
          PSI,
          VIF,
          CORRELATION,
          HETERO_SBT,
          HOMO_SBT,
          FAST_SBT);

  private static final ParameterSchema MANUAL =
      ParameterSchema.builder()
          .include(listOrNull("filter_out_indexes", "positions of columns to remove"))
          .include(listOrNull("filter_out_names", "names of columns to remove"))
          .include(listOrNull("left_col_indexes", "positions of the only columns to keep"))
          .include(listOrNull("left_col_names", "names of the only columns to keep"))
          .build();

  private static final ParameterSchema INFORMATION =
      ParameterSchema.builder()
          .include(textOrList("metrics", IV, "what to judge by: iv"))
          .include(textOrList("filter_type", "threshold", "one of " + FILTER_TYPES))
          .include(numberOrList("threshold", 1.0, "least value, count or share"))
          .any(
              "host_thresholds",
              null,
              "threshold of all hosts, or one for each; with several runs, a list of that",
              ParameterType.NUMBER,
              ParameterType.LIST,
              ParameterType.NULL)
          .include(boolOrList("take_high", true, "must be true"))
          .include(boolOrList("select_federated", true, "whether hosts' columns are filtered too"))
          .include(
              textOrList(
                  "mul_class_merge_type",
                  ClassMerge.AVERAGE.text(),
                  "which information value counts of those of several classes: one of "
                      + ClassMerge.texts()))
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
          .object("iv_param", INFORMATION, "settings of iv_filter")
          .object("statistic_param", common("mean", 1.0, true), "settings of statistic_filter")
          .object("psi_param", common("psi", 1.0, false), "settings of psi_filter")
          .object("vif_param", common("vif", 5.0, false), "settings of vif_filter")
          .object(
              "sbt_param", common("feature_importance", 1.0, true), "settings of the sbt filters")
          .object(
              "correlation_param",
              ParameterSchema.builder()
                  .choice("sort_metric", IV, List.of(IV), "what columns are ordered by")
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

  private static ParameterSchema common(String metric, double threshold, boolean takeHigh) {
    return ParameterSchema.builder()
        .include(textOrList("metrics", metric, "what to judge by"))
        .include(textOrList("filter_type", "threshold", "one of " + FILTER_TYPES))
        .include(boolOrList("take_high", takeHigh, "whether high values stay"))
        .include(numberOrList("threshold", threshold, "bound, count or share"))
        .any(
            "host_thresholds",
            null,
            "of no effect: each party judges its own columns by its own conf",
            ParameterType.NUMBER,
            ParameterType.LIST,
            ParameterType.NULL)
        .include(
            boolOrList(
                "select_federated",
                true,
                "of no effect: each party judges its own columns by its own conf"))
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
