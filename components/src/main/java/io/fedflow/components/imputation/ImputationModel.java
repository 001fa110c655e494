package io.fedflow.components.imputation;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.task.Parallel;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What imputation learned at one party, and its stored form: FATE 1.11's {@code
 * FeatureImputationMeta} and {@code FeatureImputationParam}. Immutable.
 *
 * @param header all feature columns at training, in order
 * @param listed further values that count as missing
 * @param replacements the columns that are filled, in header order
 * @param ratios column to the share of values that were missing
 */
record ImputationModel(
    List<String> header,
    List<Object> listed,
    Map<String, Replacement> replacements,
    Map<String, Double> ratios) {

  static final String MODULE = "FeatureImputation";

  private static final String TEXT = "str";
  private static final String NUMBER = "float";

  private static final MessageSchema IMPUTER_META =
      MessageSchema.builder("FeatureImputerMeta")
          .one("is_imputer", 1, Type.BOOL)
          .one("strategy", 2, Type.STRING)
          .repeated("missing_value", 3, Type.STRING)
          .repeated("missing_value_type", 4, Type.STRING)
          .map("cols_strategy", 5, Type.STRING)
          .build();

  private static final MessageSchema META =
      MessageSchema.builder("FeatureImputationMeta")
          .one("imputer_meta", 1, IMPUTER_META)
          .one("need_run", 2, Type.BOOL)
          .build();

  private static final MessageSchema IMPUTER_PARAM =
      MessageSchema.builder("FeatureImputerParam")
          .map("missing_replace_value", 1, Type.STRING)
          .map("missing_value_ratio", 2, Type.DOUBLE)
          .map("missing_replace_value_type", 3, Type.STRING)
          .repeated("skip_cols", 4, Type.STRING)
          .map("cols_replace_method", 5, Type.STRING)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("FeatureImputationParam")
          .repeated("header", 1, Type.STRING)
          .one("imputer_param", 2, IMPUTER_PARAM)
          .build();

  ImputationModel {
    header = List.copyOf(header);
    listed = List.copyOf(listed);
    replacements = Collections.unmodifiableMap(new LinkedHashMap<>(replacements));
    ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
  }

  /**
   * Learns from rows.
   *
   * @throws FedflowException {@code columns.unknown}, {@code columns.empty}, {@code
   *     imputation.ties}, {@code imputation.value} or {@code imputation.text} (INVALID)
   */
  static ImputationModel fit(TaskContext context, Table table) throws InterruptedException {
    Params params = context.params();
    List<String> header = table.schema().header();
    List<Object> listed =
        params.isNull("missing_impute") ? List.of() : List.copyOf(params.list("missing_impute"));
    MissingValues missing = new MissingValues(listed);
    Map<String, ImputeMethod> methods = methods(params, header);
    Map<String, Object> designated = known(params, "col_default_value", header);
    List<String> filled = List.copyOf(methods.keySet());
    Replacement.Ties ties =
        new Replacement.Ties(params.text("multi_mode").equals("raise"), context.seed());
    List<Replacement> fitted =
        Parallel.map(
            context,
            filled.size(),
            i ->
                Replacement.fit(
                    filled.get(i),
                    column(table, filled.get(i)),
                    methods.get(filled.get(i)),
                    designated.getOrDefault(filled.get(i), params.get("default_value")),
                    missing,
                    ties));
    Map<String, Replacement> replacements = new LinkedHashMap<>();
    for (int i = 0; i < filled.size(); i++) {
      replacements.put(filled.get(i), fitted.get(i));
    }
    return new ImputationModel(header, listed, replacements, Map.of()).counted(table);
  }

  /** Reads a stored model. */
  static ImputationModel of(ComponentModel stored) {
    ModelMessage param = stored.param().message("imputer_param");
    ModelMessage meta = stored.meta().message("imputer_meta");
    Map<String, String> values = param.map("missing_replace_value");
    Map<String, String> methods = param.map("cols_replace_method");
    List<String> header = stored.param().list("header");
    Map<String, Replacement> replacements = new LinkedHashMap<>();
    for (String name : header) {
      if (values.containsKey(name)) {
        replacements.put(
            name, new Replacement(ImputeMethod.of(methods.get(name)), values.get(name)));
      }
    }
    return new ImputationModel(header, meta.list("missing_value"), replacements, Map.of());
  }

  /** The same with the share of missing values in rows that have the columns of the header. */
  ImputationModel counted(Table table) {
    MissingValues missing = new MissingValues(listed);
    Map<String, Double> counted = new LinkedHashMap<>();
    replacements
        .keySet()
        .forEach(
            name ->
                counted.put(
                    name, (double) missing.countIn(column(table, name)) / table.rowCount()));
    return new ImputationModel(header, listed, replacements, counted);
  }

  /** Column to the column without missing values, for every column that is filled. */
  Map<String, Column> apply(TaskContext context, Table table) throws InterruptedException {
    MissingValues missing = new MissingValues(listed);
    List<String> names = List.copyOf(replacements.keySet());
    List<Column> columns =
        Parallel.map(
            context,
            names.size(),
            i -> replacements.get(names.get(i)).apply(column(table, names.get(i)), missing));
    Map<String, Column> filled = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      filled.put(names.get(i), columns.get(i));
    }
    return filled;
  }

  /** The columns that stay as they are. */
  List<String> skipped() {
    return header.stream().filter(name -> !replacements.containsKey(name)).toList();
  }

  /** The component's summary. */
  Map<String, Object> summary() {
    Map<String, Object> values = new LinkedHashMap<>();
    replacements.forEach((name, replacement) -> values.put(name, replacement.text()));
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("missing_value", listed);
    summary.put("missing_impute_value", values);
    summary.put("missing_impute_rate", ratios);
    summary.put("skip_cols", skipped());
    return summary;
  }

  /** The stored form. */
  ComponentModel toStored(String component, Table table, Params params) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, String> methods = new LinkedHashMap<>();
    replacements.forEach(
        (name, replacement) -> {
          values.put(name, replacement.text());
          types.put(name, column(table, name) instanceof Column.Texts ? TEXT : NUMBER);
          methods.put(name, replacement.method().spoken());
        });
    String strategy = params.text("missing_fill_method");
    ModelMessage imputerMeta =
        new ModelMessage(
            IMPUTER_META,
            Map.of(
                "is_imputer",
                !replacements.isEmpty(),
                "strategy",
                strategy == null ? "" : strategy,
                "missing_value",
                listed.stream().map(String::valueOf).toList(),
                "missing_value_type",
                listed.stream().map(value -> value instanceof Number ? NUMBER : TEXT).toList(),
                "cols_strategy",
                methods));
    ModelMessage imputerParam =
        new ModelMessage(
            IMPUTER_PARAM,
            Map.of(
                "missing_replace_value", values,
                "missing_value_ratio", ratios,
                "missing_replace_value_type", types,
                "skip_cols", skipped(),
                "cols_replace_method", methods));
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(
        "FeatureImputationMeta",
        new ModelMessage(META, Map.of("imputer_meta", imputerMeta, "need_run", true)));
    messages.put(
        "FeatureImputationParam",
        new ModelMessage(PARAM, Map.of("header", header, "imputer_param", imputerParam)));
    return new ComponentModel(component, MODULE, "model", messages);
  }

  private static Column column(Table table, String name) {
    return table.column(table.schema().indexOf(name));
  }

  private static Map<String, ImputeMethod> methods(Params params, List<String> header) {
    Map<String, Object> single = known(params, "col_missing_fill_method", header);
    String general = params.text("missing_fill_method");
    Map<String, ImputeMethod> methods = new LinkedHashMap<>();
    for (String name : header) {
      Object method = single.getOrDefault(name, general);
      if (method != null) {
        methods.put(name, ImputeMethod.of(String.valueOf(method)));
      }
    }
    return methods;
  }

  private static Map<String, Object> known(Params params, String name, List<String> header) {
    if (params.isNull(name)) {
      return Map.of();
    }
    List<String> unknown = new ArrayList<>(params.map(name).keySet());
    unknown.removeAll(header);
    if (!unknown.isEmpty()) {
      throw FedflowException.invalid(
          "columns.unknown", name + ": found columns " + unknown + ", allowed are " + header);
    }
    return params.map(name);
  }
}
