package io.fedflow.components.scale;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;

/** What a conf may say to {@link FeatureScale}. */
final class ScaleParameters {

  static final String CAP = "cap";

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "method",
              "standard_scale",
              "standard_scale, min_max_scale, or null for no scaling",
              ParameterType.TEXT,
              ParameterType.NULL)
          .choice(
              "mode",
              "normal",
              List.of("normal", CAP),
              "whether feat_upper and feat_lower are values, or shares of the sorted values")
          .any(
              "scale_col_indexes",
              -1,
              "positions of the columns to scale; -1 for all",
              ParameterType.INT,
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "scale_names",
              null,
              "names of further columns to scale",
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "feat_upper",
              null,
              "values above it are cut down to it: one number, or one for each feature",
              ParameterType.NUMBER,
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "feat_lower",
              null,
              "values below it are raised to it: one number, or one for each feature",
              ParameterType.NUMBER,
              ParameterType.LIST,
              ParameterType.NULL)
          .bool("with_mean", true, "standard_scale: whether the mean is subtracted")
          .bool("with_std", true, "standard_scale: whether the deviation becomes 1")
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private ScaleParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    String method = params.text("method");
    if (method != null && !ScaleMethod.knows(method)) {
      problems.error(
          pointer + "/method", "unknown choice", method, "standard_scale, min_max_scale or null");
    }
    boolean cap = CAP.equals(params.text("mode"));
    for (String name : List.of("feat_upper", "feat_lower")) {
      if (params.get(name) instanceof List<?> list) {
        if (cap || !list.stream().allMatch(e -> e instanceof Number)) {
          problems.error(
              pointer + '/' + name,
              "wrong type",
              list,
              cap ? "a number 0..1" : "an array of numbers");
        }
      } else if (cap && params.get(name) instanceof Number share && !isShare(share)) {
        problems.error(pointer + '/' + name, "out of range", share, "a number 0..1 in mode cap");
      }
    }
    if (params.get("feat_upper") instanceof Number upper
        && params.get("feat_lower") instanceof Number lower
        && upper.doubleValue() < lower.doubleValue()) {
      problems.error(pointer + "/feat_upper", "below feat_lower", upper, "at least " + lower);
    }
  }

  private static boolean isShare(Number share) {
    return share.doubleValue() >= 0 && share.doubleValue() <= 1;
  }
}
