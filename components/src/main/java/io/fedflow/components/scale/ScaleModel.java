package io.fedflow.components.scale;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.columns.ColumnChoice;
import io.fedflow.components.columns.FeatureColumns;
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
 * What scaling learned at one party, and its stored form: FATE 1.11's {@code ScaleMeta} and {@code
 * ScaleParam}. Immutable.
 *
 * @param method how values are scaled
 * @param header all feature columns at training, in order
 * @param columns the scaled columns, in header order
 */
record ScaleModel(ScaleMethod method, List<String> header, Map<String, ColumnScale> columns) {

  static final String MODULE = "FeatureScale";

  private static final MessageSchema META =
      MessageSchema.builder("ScaleMeta")
          .one("method", 1, Type.STRING)
          .one("mode", 2, Type.STRING)
          .one("area", 3, Type.STRING)
          .repeated("scale_column", 4, Type.STRING)
          .repeated("feat_upper", 5, Type.STRING)
          .repeated("feat_lower", 6, Type.STRING)
          .one("with_mean", 7, Type.BOOL)
          .one("with_std", 8, Type.BOOL)
          .one("need_run", 9, Type.BOOL)
          .build();

  private static final MessageSchema COLUMN =
      MessageSchema.builder("ColumnScaleParam")
          .one("column_upper", 3, Type.DOUBLE)
          .one("column_lower", 4, Type.DOUBLE)
          .one("mean", 5, Type.DOUBLE)
          .one("std", 6, Type.DOUBLE)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("ScaleParam")
          .map("col_scale_param", 1, COLUMN)
          .repeated("header", 2, Type.STRING)
          .build();

  ScaleModel {
    header = List.copyOf(header);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /**
   * Learns from rows.
   *
   * @throws FedflowException {@code columns.unknown}, {@code columns.text}, {@code columns.empty}
   *     or {@code scale.bounds} (INVALID)
   */
  static ScaleModel fit(TaskContext context, Table table) throws InterruptedException {
    Params params = context.params();
    ScaleMethod method = ScaleMethod.of(params.text("method"));
    List<String> header = table.schema().header();
    List<String> chosen =
        method == ScaleMethod.NONE
            ? List.of()
            : ColumnChoice.choose(
                header,
                params.get("scale_col_indexes"),
                params.texts("scale_names"),
                "scale_col_indexes",
                "scale_names");
    List<ColumnScale> fitted =
        Parallel.map(
            context,
            chosen.size(),
            i -> {
              int at = header.indexOf(chosen.get(i));
              ColumnScale.Bounds bounds =
                  new ColumnScale.Bounds(
                      bound(params, "feat_upper", at, header.size()),
                      bound(params, "feat_lower", at, header.size()),
                      ScaleParameters.CAP.equals(params.text("mode")));
              return ColumnScale.fit(
                  chosen.get(i),
                  FeatureColumns.numbers(table, chosen.get(i)),
                  bounds,
                  params.bool("with_mean"),
                  params.bool("with_std"));
            });
    Map<String, ColumnScale> columns = new LinkedHashMap<>();
    for (int i = 0; i < chosen.size(); i++) {
      columns.put(chosen.get(i), fitted.get(i));
    }
    return new ScaleModel(method, header, columns);
  }

  /** Reads a stored model. */
  static ScaleModel of(ComponentModel stored) {
    ModelMessage param = stored.param();
    Map<String, ModelMessage> scales = param.map("col_scale_param");
    List<String> header = param.list("header");
    Map<String, ColumnScale> columns = new LinkedHashMap<>();
    // A map of a stored message keeps no order: the header has it.
    for (String name : header) {
      ModelMessage scale = scales.get(name);
      if (scale != null) {
        columns.put(
            name,
            new ColumnScale(
                scale.number("column_upper"),
                scale.number("column_lower"),
                scale.number("mean"),
                scale.number("std")));
      }
    }
    return new ScaleModel(ScaleMethod.of(stored.meta().text("method")), header, columns);
  }

  /**
   * The rows with scaled columns.
   *
   * @param table has the columns of the header
   */
  Table apply(TaskContext context, Table table) throws InterruptedException {
    List<String> names = List.copyOf(columns.keySet());
    List<double[]> scaled =
        Parallel.map(
            context,
            names.size(),
            i ->
                columns
                    .get(names.get(i))
                    .apply(FeatureColumns.numbers(table, names.get(i)), method));
    Map<String, Column> replaced = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      replaced.put(names.get(i), new Column.Numbers(scaled.get(i)));
    }
    return FeatureColumns.replace(table, replaced);
  }

  /** The stored form. */
  ComponentModel toStored(String component, Params params) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("method", method.spoken());
    meta.put("mode", params.text("mode"));
    meta.put("area", columns.size() == header.size() ? "all" : "col");
    meta.put("scale_column", List.copyOf(columns.keySet()));
    meta.put("feat_upper", texts(params.get("feat_upper")));
    meta.put("feat_lower", texts(params.get("feat_lower")));
    meta.put("with_mean", params.bool("with_mean"));
    meta.put("with_std", params.bool("with_std"));
    meta.put("need_run", true);
    Map<String, ModelMessage> scales = new LinkedHashMap<>();
    columns.forEach(
        (name, scale) ->
            scales.put(
                name,
                new ModelMessage(
                    COLUMN,
                    Map.of(
                        "column_upper", scale.upper(),
                        "column_lower", scale.lower(),
                        "mean", scale.mean(),
                        "std", scale.deviation()))));
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put("ScaleMeta", new ModelMessage(META, meta));
    messages.put(
        "ScaleParam", new ModelMessage(PARAM, Map.of("col_scale_param", scales, "header", header)));
    return new ComponentModel(component, MODULE, "model", messages);
  }

  private static Number bound(Params params, String name, int at, int features) {
    if (params.get(name) instanceof List<?> list) {
      if (list.size() != features) {
        throw FedflowException.invalid(
            "scale.bounds",
            name
                + ": found "
                + list.size()
                + " numbers, allowed are one, or "
                + features
                + ", one for each feature");
      }
      return (Number) list.get(at);
    }
    return (Number) params.get(name);
  }

  private static List<String> texts(Object bound) {
    List<String> texts = new ArrayList<>();
    if (bound instanceof List<?> list) {
      list.forEach(each -> texts.add(String.valueOf(each)));
    } else if (bound != null) {
      texts.add(String.valueOf(bound));
    }
    return texts;
  }
}
