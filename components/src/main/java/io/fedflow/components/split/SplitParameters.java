package io.fedflow.components.split;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;

/** What a conf may say to the components that split. */
final class SplitParameters {

  static final List<String> SIZES = List.of("train_size", "validate_size", "test_size");

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "random_state",
              null,
              "seed of the choice of rows; null takes the job's",
              ParameterType.INT,
              ParameterType.NULL)
          .number("test_size", null, 0.0, null, "share or number of rows to test with")
          .number("train_size", null, 0.0, null, "share or number of rows to train with")
          .number("validate_size", null, 0.0, null, "share or number of rows to validate with")
          .bool("stratified", false, "whether every part gets its share of every label")
          .bool("shuffle", true, "false cuts the rows in the order of their ids")
          .any(
              "split_points",
              null,
              "ascending numbers that cut labels into classes for stratified",
              ParameterType.LIST,
              ParameterType.NULL)
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private SplitParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    boolean shares = SIZES.stream().anyMatch(name -> isShare(params.get(name)));
    for (String name : SIZES) {
      if (shares
          && params.get(name) instanceof Number size
          && (size.doubleValue() > 1 || !isShare(size) && size.doubleValue() > 0)) {
        problems.error(
            pointer + '/' + name,
            "shares and numbers of rows are mixed",
            size,
            "three shares 0.0..1.0 that add up to 1, or three whole numbers");
      }
    }
    double before = Double.NEGATIVE_INFINITY;
    List<?> points = params.list("split_points");
    for (int i = 0; points != null && i < points.size(); i++) {
      if (!(points.get(i) instanceof Number point) || !(point.doubleValue() > before)) {
        problems.error(
            pointer + "/split_points/" + i, "not ascending", points.get(i), "ascending numbers");
        return;
      }
      before = point.doubleValue();
    }
  }

  /** Tells whether a size is a share of all rows, as a number with a fraction or a point is. */
  static boolean isShare(Object size) {
    return size instanceof Double || size instanceof Float || size instanceof java.math.BigDecimal;
  }
}
