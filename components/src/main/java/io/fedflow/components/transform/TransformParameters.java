package io.fedflow.components.transform;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Locale;

/** What DataTransform and DataIO accept in a conf. */
final class TransformParameters {

  private TransformParameters() {}

  /** The parameters of DataTransform. */
  static ParameterSchema dataTransform() {
    return ParameterSchema.builder()
        .include(dataIo())
        .bool("with_match_id", false, "whether a match id column exists")
        .text("match_id_name", "", "which match id column, by its name in a header")
        .integer(
            "match_id_index",
            0,
            0,
            null,
            "which match id column, by position; without a header the first")
        .build();
  }

  /** The parameters of DataIO. */
  static ParameterSchema dataIo() {
    return ParameterSchema.builder()
        .choice(
            "input_format",
            "dense",
            RowLayout.Form.NAMES,
            "form of the raw rows: columns, index:value cells, or tags")
        .text("delimitor", ",", "separator of fields; the one that the upload named")
        .choice("data_type", "float64", ValueType.NAMES, "type of the features")
        .any(
            "exclusive_data_type",
            null,
            "column to type, for single features of another type",
            ParameterType.MAP,
            ParameterType.NULL)
        .bool("tag_with_value", false, "tag layout: whether tags carry values")
        .text("tag_value_delimitor", ":", "tag layout: separator of tag and value")
        .bool("missing_fill", false, "whether missing values are replaced")
        .any(
            "default_value",
            0,
            "replacement of missing values for the method designated: one, or one per feature",
            ParameterType.NUMBER,
            ParameterType.TEXT,
            ParameterType.LIST,
            ParameterType.NULL)
        .choice("missing_fill_method", null, FillMethod.NAMES, "what replaces missing values")
        .any(
            "missing_impute",
            null,
            "texts that are missing values",
            ParameterType.LIST,
            ParameterType.NULL)
        .bool("outlier_replace", false, "whether outliers are replaced")
        .choice("outlier_replace_method", null, FillMethod.NAMES, "what replaces outliers")
        .any(
            "outlier_impute",
            null,
            "texts that are outliers",
            ParameterType.LIST,
            ParameterType.NULL)
        .any(
            "outlier_replace_value",
            0,
            "replacement of outliers for the method designated: one, or one per feature",
            ParameterType.NUMBER,
            ParameterType.TEXT,
            ParameterType.LIST,
            ParameterType.NULL)
        .bool("with_label", false, "whether a label column exists")
        .text("label_name", "y", "the label column; upper and lower case are the same")
        .choice("label_type", "int", ValueType.NAMES, "type of the label")
        .choice(
            "output_format",
            "dense",
            List.of("dense", "sparse"),
            "form of the instances; sparse makes 0 of values nearer than 1e-8 to it")
        .bool("need_run", true, "false hands the input on unchanged")
        .build();
  }

  /** The rules over both sets of parameters. */
  static void check(Params params, String pointer, Problems problems) {
    checkLayout(params, pointer, problems);
    requireKnownTypes(params, pointer, problems);
    requireDesignated(params, "missing_fill_method", "default_value", pointer, problems);
    requireDesignated(params, "outlier_replace_method", "outlier_replace_value", pointer, problems);
    if (params.bool("with_label") && params.text("label_name").isBlank()) {
      problems.error(pointer + "/label_name", "empty", "''", "the label column's name");
    }
  }

  /** The rules over DataTransform's parameters. */
  static void checkWithMatchId(Params params, String pointer, Problems problems) {
    check(params, pointer, problems);
    boolean headless = RowLayout.of(params).form() != RowLayout.Form.DENSE;
    if (params.bool("with_match_id") && headless && params.integer("match_id_index") != 0) {
      problems.error(
          pointer + "/match_id_index",
          "rows without a header have one match id",
          params.integer("match_id_index"),
          "0");
    }
  }

  private static void checkLayout(Params params, String pointer, Problems problems) {
    RowLayout layout = RowLayout.of(params);
    if (params.text("delimitor").isEmpty()) {
      problems.error(pointer + "/delimitor", "empty", "''", "what stands between cells");
    }
    if (layout.tagsWithValues() && layout.tagDelimiter().isEmpty()) {
      problems.error(
          pointer + "/tag_value_delimitor", "empty", "''", "what stands between tag and value");
    }
    warnOfNoEffect(params, "missing_fill", layout.fillsMissing(), pointer, problems);
    warnOfNoEffect(params, "outlier_replace", layout.replacesOutliers(), pointer, problems);
  }

  private static void warnOfNoEffect(
      Params params, String name, boolean possible, String pointer, Problems problems) {
    if (params.bool(name) && !possible) {
      problems.warning(pointer + '/' + name, "of no effect with this input_format", true, "false");
    }
  }

  private static void requireKnownTypes(Params params, String pointer, Problems problems) {
    if (params.isNull("exclusive_data_type")) {
      return;
    }
    params
        .map("exclusive_data_type")
        .forEach(
            (column, type) -> {
              if (!(type instanceof String name)
                  || !ValueType.NAMES.contains(name.toLowerCase(Locale.ROOT))) {
                problems.error(
                    pointer + "/exclusive_data_type/" + column,
                    "unknown type",
                    type,
                    "one of " + ValueType.NAMES);
              }
            });
  }

  private static void requireDesignated(
      Params params, String method, String value, String pointer, Problems problems) {
    boolean absent =
        params.isNull(value) || params.get(value) instanceof List<?> list && list.isEmpty();
    if ("designated".equals(params.text(method)) && absent) {
      problems.error(
          pointer + '/' + value, "missing", params.get(value), "a value or one per feature");
    }
  }
}
