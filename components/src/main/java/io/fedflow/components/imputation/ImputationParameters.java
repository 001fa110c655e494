package io.fedflow.components.imputation;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Locale;

/** What a conf may say to {@link FeatureImputation}. */
final class ImputationParameters {

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "default_value",
              0,
              "what method designated fills in",
              ParameterType.NUMBER,
              ParameterType.TEXT,
              ParameterType.NULL)
          .any(
              "col_default_value",
              null,
              "column to what method designated fills in there",
              ParameterType.MAP,
              ParameterType.NULL)
          .choice("missing_fill_method", null, ImputeMethod.NAMES, "what replaces missing values")
          .any(
              "col_missing_fill_method",
              null,
              "column to what replaces missing values there",
              ParameterType.MAP,
              ParameterType.NULL)
          .any(
              "missing_impute",
              null,
              "further values that count as missing",
              ParameterType.LIST,
              ParameterType.NULL)
          .bool("need_run", true, "false hands the data on unchanged")
          .number("error", 0.0001, 0.0, 1.0, "allowed error of the median's rank; it is exact")
          .choice(
              "multi_mode",
              "random",
              List.of("random", "raise"),
              "method mode: what becomes of several most frequent values")
          .build();

  private ImputationParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    if (!params.isNull("col_missing_fill_method")) {
      params
          .map("col_missing_fill_method")
          .forEach(
              (column, method) -> {
                if (!(method instanceof String name)
                    || !ImputeMethod.NAMES.contains(name.toLowerCase(Locale.ROOT))) {
                  problems.error(
                      pointer + "/col_missing_fill_method/" + column,
                      "unknown choice",
                      method,
                      "one of " + ImputeMethod.NAMES);
                }
              });
    }
  }
}
