package io.fedflow.components.statistics;

import io.fedflow.component.Params;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statistics of one party's columns, and their stored form: FATE 1.11's {@code StatisticMeta}
 * and {@code ModelParam}. Immutable.
 *
 * @param columns the measured columns
 * @param values statistic to one value for each column
 */
public record StatisticsModel(List<String> columns, Map<String, List<Double>> values) {

  static final String MODULE = "DataStatistics";

  private static final MessageSchema META =
      MessageSchema.builder("StatisticMeta")
          .repeated("statistics", 1, Type.STRING)
          .repeated("static_columns", 2, Type.STRING)
          .one("quantile_error", 3, Type.DOUBLE)
          .one("need_run", 4, Type.BOOL)
          .build();

  private static final MessageSchema SINGLE =
      MessageSchema.builder("StatisticSingleFeatureValue")
          .repeated("values", 1, Type.DOUBLE)
          .repeated("col_names", 2, Type.STRING)
          .one("value_name", 3, Type.STRING)
          .build();

  private static final MessageSchema RESULT =
      MessageSchema.builder("StatisticOnePartyResult").repeated("results", 1, SINGLE).build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("ModelParam")
          .one("self_values", 1, RESULT)
          .map("host_values", 2, RESULT)
          .one("model_name", 3, Type.STRING)
          .build();

  /** Copies the collections. */
  public StatisticsModel {
    columns = List.copyOf(columns);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Reads a stored model. Columns and values that do not fit together are left out. */
  public static StatisticsModel of(ComponentModel stored) {
    List<ModelMessage> results = stored.param().message("self_values").list("results");
    List<String> columns = results.isEmpty() ? List.of() : results.get(0).list("col_names");
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (ModelMessage result : results) {
      if (result.list("col_names").equals(columns)
          && result.list("values").size() == columns.size()) {
        values.put(result.text("value_name"), result.list("values"));
      }
    }
    return new StatisticsModel(columns, values);
  }

  /** Column to value of one statistic; empty if it was not measured. */
  public Map<String, Double> of(String statistic) {
    List<Double> measured = values.getOrDefault(statistic, List.of());
    Map<String, Double> byColumn = new LinkedHashMap<>();
    for (int i = 0; i < measured.size(); i++) {
      byColumn.put(columns.get(i), measured.get(i));
    }
    return byColumn;
  }

  /** The component's summary: column to statistic to value. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      int at = i;
      Map<String, Object> ofColumn = new LinkedHashMap<>();
      values.forEach((name, each) -> ofColumn.put(name, each.get(at)));
      summary.put(columns.get(i), ofColumn);
    }
    return summary;
  }

  /** The stored form. */
  ComponentModel toStored(String component, Params params) {
    List<ModelMessage> results = new ArrayList<>();
    values.forEach(
        (name, each) ->
            results.add(
                new ModelMessage(
                    SINGLE, Map.of("values", each, "col_names", columns, "value_name", name))));
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(
        "StatisticMeta",
        new ModelMessage(
            META,
            Map.of(
                "statistics",
                List.copyOf(values.keySet()),
                "static_columns",
                columns,
                "quantile_error",
                params.number("quantile_error"),
                "need_run",
                true)));
    messages.put(
        "ModelParam",
        new ModelMessage(
            PARAM,
            Map.of(
                "self_values",
                new ModelMessage(RESULT, Map.of("results", results)),
                "model_name",
                "statistic_model")));
    return new ComponentModel(component, MODULE, "model", messages);
  }
}
