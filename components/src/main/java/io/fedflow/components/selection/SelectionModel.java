package io.fedflow.components.selection;

import io.fedflow.component.Params;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a selection decided at one party, and its stored form: FATE 1.11's {@code
 * FeatureSelectionMeta} and {@code FeatureSelectionParam}. Immutable.
 *
 * @param own the party's columns
 * @param chain the filters
 * @param results what each filter did with the own columns, as many as filters
 * @param hosts at the guest, what each filter did at each host by party id; empty at a host
 */
record SelectionModel(
    OwnColumns own,
    List<FilterStep> chain,
    List<StepResult> results,
    List<Map<String, StepResult>> hosts) {

  static final String MODULE = "HeteroFeatureSelection";
  static final String META_NAME = "FeatureSelectionMeta";
  static final String PARAM_NAME = "FeatureSelectionParam";

  private static final MessageSchema FILTER_META =
      MessageSchema.builder("FilterMeta")
          .one("metrics", 1, Type.STRING)
          .one("filter_type", 2, Type.STRING)
          .one("take_high", 3, Type.BOOL)
          .one("threshold", 4, Type.DOUBLE)
          .one("select_federated", 5, Type.BOOL)
          .one("filter_out_names", 6, Type.STRING)
          .build();

  private static final MessageSchema UNIQUE_META =
      MessageSchema.builder("UniqueValueMeta").one("eps", 1, Type.DOUBLE).build();

  private static final MessageSchema META =
      MessageSchema.builder(META_NAME)
          .repeated("filter_methods", 1, Type.STRING)
          .repeated("cols", 3, Type.STRING)
          .one("unique_meta", 4, UNIQUE_META)
          .one(
              "iv_value_meta",
              5,
              MessageSchema.builder("IVValueSelectionMeta")
                  .one("value_threshold", 1, Type.DOUBLE)
                  .one("local_only", 2, Type.BOOL)
                  .build())
          .one(
              "iv_percentile_meta",
              6,
              MessageSchema.builder("IVPercentileSelectionMeta")
                  .one("percentile_threshold", 1, Type.DOUBLE)
                  .one("local_only", 2, Type.BOOL)
                  .build())
          .one(
              "variance_coe_meta",
              7,
              MessageSchema.builder("VarianceOfCoeSelectionMeta")
                  .one("value_threshold", 1, Type.DOUBLE)
                  .build())
          .one(
              "outlier_meta",
              8,
              MessageSchema.builder("OutlierColsSelectionMeta")
                  .one("percentile", 1, Type.DOUBLE)
                  .one("upper_threshold", 2, Type.DOUBLE)
                  .build())
          .one(
              "manually_meta",
              9,
              MessageSchema.builder("ManuallyFilterMeta")
                  .repeated("filter_out_names", 1, Type.STRING)
                  .build())
          .one("need_run", 10, Type.BOOL)
          // The spelling is FATE's.
          .one(
              "pencentage_value_meta",
              11,
              MessageSchema.builder("PercentageValueFilterMeta")
                  .one("upper_pct", 1, Type.DOUBLE)
                  .build())
          .one(
              "iv_top_k_meta",
              12,
              MessageSchema.builder("IVTopKSelectionMeta")
                  .one("k", 1, Type.INT64)
                  .one("local_only", 2, Type.BOOL)
                  .build())
          .repeated("filter_metas", 13, FILTER_META)
          .build();

  private static final MessageSchema FEATURE_VALUE =
      MessageSchema.builder("FeatureValue").map("feature_values", 1, Type.DOUBLE).build();

  private static final MessageSchema LEFT_COLS =
      MessageSchema.builder("LeftCols")
          .repeated("original_cols", 1, Type.STRING)
          .map("left_cols", 2, Type.BOOL)
          .build();

  private static final MessageSchema FILTER_PARAM =
      MessageSchema.builder("FeatureSelectionFilterParam")
          .map("feature_values", 1, Type.DOUBLE)
          .repeated("host_feature_values", 2, FEATURE_VALUE)
          .one("left_cols", 3, LEFT_COLS)
          .repeated("host_left_cols", 4, LEFT_COLS)
          .one("filter_name", 5, Type.STRING)
          .build();

  private static final MessageSchema HOST_COL_NAMES =
      MessageSchema.builder("HostColNames")
          .repeated("col_names", 1, Type.STRING)
          .one("party_id", 2, Type.STRING)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder(PARAM_NAME)
          .repeated("results", 1, FILTER_PARAM)
          .one("final_left_cols", 2, LEFT_COLS)
          .repeated("col_names", 3, Type.STRING)
          .repeated("host_col_names", 4, HOST_COL_NAMES)
          .repeated("header", 5, Type.STRING)
          .map("col_name_to_anonym_dict", 6, Type.STRING)
          .build();

  SelectionModel {
    results = List.copyOf(results);
    hosts = List.copyOf(hosts);
  }

  /** The candidates that every filter left. */
  List<String> left() {
    return results.isEmpty() ? own.candidates() : results.get(results.size() - 1).left();
  }

  /** The stored form. */
  ComponentModel toStored(String component) {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(META_NAME, meta(own.params()));
    messages.put(PARAM_NAME, param());
    return new ComponentModel(component, MODULE, "model", messages);
  }

  /** The rows without the columns that a stored selection removed. */
  static Table apply(ComponentModel stored, Table table) {
    ModelMessage param = stored.param();
    Map<String, Boolean> left = param.message("final_left_cols").map("left_cols");
    return TrainedColumns.align(table, param.list("header"))
        .keepFeatures(name -> left.getOrDefault(name, true));
  }

  /** The component's summary. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    for (int i = 0; i < chain.size(); i++) {
      summary.put(chain.get(i).name(), counts(results.get(i).before(), results.get(i).left()));
    }
    summary.put("all", counts(own.candidates(), left()));
    return summary;
  }

  private static Map<String, Object> counts(List<String> before, List<String> left) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("last_col_nums", before.size());
    counts.put("left_col_nums", left.size());
    counts.put("left_col_names", left);
    return counts;
  }

  private ModelMessage meta(Params params) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("filter_methods", SelectionParameters.methods(params));
    values.put("cols", own.candidates());
    values.put("need_run", params.bool("need_run"));
    values.put(
        "unique_meta",
        new ModelMessage(UNIQUE_META, Map.of("eps", params.object("unique_param").number("eps"))));
    List<ModelMessage> metas = new ArrayList<>();
    for (FilterStep step : chain) {
      metas.add(
          new ModelMessage(
              FILTER_META,
              Map.of(
                  "metrics", step.metric(),
                  "filter_type", step.rule().text(),
                  "take_high", step.takeHigh(),
                  "threshold", step.threshold(),
                  "select_federated", step.federated())));
    }
    values.put("filter_metas", metas);
    return new ModelMessage(META, values);
  }

  private ModelMessage param() {
    List<ModelMessage> filters = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      Map<String, Object> filter = new LinkedHashMap<>();
      filter.put("feature_values", results.get(i).values());
      filter.put("left_cols", leftCols(results.get(i).before(), results.get(i).left()));
      if (!hosts.isEmpty()) {
        filter.put(
            "host_feature_values",
            hosts.get(i).values().stream()
                .map(r -> new ModelMessage(FEATURE_VALUE, Map.of("feature_values", r.values())))
                .toList());
        filter.put(
            "host_left_cols",
            hosts.get(i).values().stream().map(r -> leftCols(r.before(), r.left())).toList());
      }
      filter.put("filter_name", chain.get(i).name());
      filters.add(new ModelMessage(FILTER_PARAM, filter));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("results", filters);
    values.put("final_left_cols", leftCols(own.candidates(), left()));
    values.put("col_names", own.candidates());
    values.put("host_col_names", hostColumns());
    values.put("header", own.table().schema().header());
    values.put("col_name_to_anonym_dict", own.anonymous());
    return new ModelMessage(PARAM, values);
  }

  /** Each host's columns as the first filter that asked for them saw them. */
  private List<ModelMessage> hostColumns() {
    Map<String, List<String>> first = new LinkedHashMap<>();
    for (Map<String, StepResult> byHost : hosts) {
      byHost.forEach((host, result) -> first.putIfAbsent(host, result.before()));
    }
    return first.entrySet().stream()
        .map(
            e ->
                new ModelMessage(
                    HOST_COL_NAMES, Map.of("col_names", e.getValue(), "party_id", e.getKey())))
        .toList();
  }

  private static ModelMessage leftCols(List<String> before, List<String> left) {
    Map<String, Boolean> kept = new LinkedHashMap<>();
    before.forEach(column -> kept.put(column, left.contains(column)));
    return new ModelMessage(LEFT_COLS, Map.of("original_cols", before, "left_cols", kept));
  }
}
