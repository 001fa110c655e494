package io.fedflow.components.weight;

import io.fedflow.component.Params;
import io.fedflow.component.TaskLog;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.labels.Labels;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How rows are weighed, and its stored form: FATE 1.11's {@code SampleWeightModelMeta} and {@code
 * SampleWeightModelParam}. Immutable.
 *
 * @param column the column of weights; empty to weigh by label
 * @param normalize whether the column's weights get the mean 1
 * @param classes label to weight; of no effect with a column
 */
record WeightModel(String column, boolean normalize, Map<String, Double> classes) {

  static final String MODULE = "SampleWeight";

  private static final String BY_LABEL = "class weight";
  private static final String BY_COLUMN = "sample weight name";
  private static final String WEIGHT = "weight";

  private static final MessageSchema META =
      MessageSchema.builder("SampleWeightModelMeta")
          .one("sample_weight_name", 1, Type.STRING)
          .one("normalize", 2, Type.BOOL)
          .one("need_run", 3, Type.BOOL)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("SampleWeightModelParam")
          .repeated("header", 1, Type.STRING)
          .one("weight_mode", 2, Type.STRING)
          .map("class_weight", 3, Type.DOUBLE)
          .build();

  WeightModel {
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
  }

  /**
   * Learns from a conf and the labels.
   *
   * @throws FedflowException {@code columns.unknown} (INVALID) if the column of weights is missing
   */
  static WeightModel fit(Params params, Table table, TaskLog log) {
    String name = params.text("sample_weight_name");
    if (name != null) {
      if (!table.schema().header().contains(name)) {
        throw FedflowException.invalid(
            "columns.unknown",
            "sample_weight_name: found " + name + ", allowed is one of " + table.schema().header());
      }
      return new WeightModel(name, params.bool("normalize"), Map.of());
    }
    Map<String, Double> classes = new LinkedHashMap<>();
    if (params.get("class_weight") instanceof Map<?, ?> given) {
      given.forEach(
          (label, weight) -> classes.put(Labels.normal(label), ((Number) weight).doubleValue()));
    } else if (Labels.texts(table).isPresent()) {
      classes.putAll(balanced(Labels.texts(table).get()));
    }
    if (Labels.texts(table).isEmpty()) {
      log.warning("class_weight needs labels, which these rows do not have: no row is weighed");
    }
    return new WeightModel("", false, classes);
  }

  /** Reads a stored model. */
  static WeightModel of(ComponentModel stored) {
    return new WeightModel(
        stored.meta().text("sample_weight_name"),
        stored.meta().bool("normalize"),
        stored.param().map("class_weight"));
  }

  /**
   * The rows with a weight; unchanged where label or column is missing.
   *
   * @throws FedflowException {@code weight.missing} or {@code weight.mean} (INVALID) if a weight is
   *     missing, or the mean is 0
   */
  Table apply(Table table, TaskLog log, boolean training) {
    double[] weights = column.isEmpty() ? byLabel(table) : byColumn(table);
    if (weights == null) {
      log.warning("the rows have no " + (column.isEmpty() ? "label" : "column " + column));
      return table;
    }
    if (training && Arrays.stream(weights).anyMatch(weight -> weight < 0)) {
      log.warning("some weights are negative");
    }
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnSpec spec = table.schema().columns().get(i);
      boolean given =
          spec.use() == ColumnSpec.Use.WEIGHT
              || spec.use() == ColumnSpec.Use.FEATURE && spec.name().equals(column);
      if (!given) {
        specs.add(spec);
        columns.add(table.column(i));
      }
    }
    specs.add(new ColumnSpec(WEIGHT, ColumnSpec.Type.NUMBER, ColumnSpec.Use.WEIGHT, ""));
    columns.add(new Column.Numbers(weights));
    return table.withColumns(specs, columns);
  }

  /** What the metric says. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("weight_mode", mode());
    facts.put("class_weight", classes.isEmpty() ? null : classes);
    facts.put("classes", classes.isEmpty() ? null : classes.keySet().stream().sorted().toList());
    facts.put("sample_weight_name", column.isEmpty() ? null : column);
    return facts;
  }

  /** The stored form. */
  ComponentModel toStored(String component, Table weighed) {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(
        "SampleWeightModelMeta",
        new ModelMessage(
            META, Map.of("sample_weight_name", column, "normalize", normalize, "need_run", true)));
    messages.put(
        "SampleWeightModelParam",
        new ModelMessage(
            PARAM,
            Map.of(
                "header", weighed.schema().header(),
                "weight_mode", mode(),
                "class_weight", classes)));
    return new ComponentModel(component, MODULE, "model", messages);
  }

  private String mode() {
    return column.isEmpty() ? BY_LABEL : BY_COLUMN;
  }

  private double[] byLabel(Table table) {
    return Labels.texts(table)
        .map(
            labels ->
                Arrays.stream(labels)
                    .mapToDouble(label -> classes.getOrDefault(label, 1.0))
                    .toArray())
        .orElse(null);
  }

  private double[] byColumn(Table table) {
    if (!table.schema().header().contains(column)) {
      return null;
    }
    double[] weights = FeatureColumns.numbers(table, column).clone();
    if (Arrays.stream(weights).anyMatch(Double::isNaN)) {
      throw ColumnException.of(
          "weight.missing", column, "found a missing weight, allowed is a number in every row");
    }
    if (normalize) {
      double mean = Arrays.stream(weights).average().orElse(0);
      if (mean == 0) {
        throw ColumnException.of(
            "weight.mean", column, "found weights of the mean 0, which cannot become 1");
      }
      return Arrays.stream(weights).map(weight -> weight / mean).toArray();
    }
    return weights;
  }

  private static Map<String, Double> balanced(String[] labels) {
    List<String> distinct = Labels.distinct(labels);
    Map<String, Integer> counts = new HashMap<>();
    for (String label : labels) {
      counts.merge(label, 1, Integer::sum);
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String label : distinct) {
      weights.put(label, labels.length / ((double) distinct.size() * counts.get(label)));
    }
    return weights;
  }
}
