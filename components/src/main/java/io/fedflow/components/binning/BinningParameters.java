package io.fedflow.components.binning;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.components.parameters.SharedParameters;
import io.fedflow.failure.Problems;
import java.util.List;

/** What a conf may say to {@link HeteroFeatureBinning}. */
final class BinningParameters {

  static final String QUANTILE = "quantile";
  static final String BUCKET = "bucket";
  static final String OPTIMAL = "optimal";
  static final String WOE = "woe";
  static final String BIN_NUM = "bin_num";

  private static final ParameterSchema TRANSFORM =
      ParameterSchema.builder()
          .any(
              "transform_cols",
              -1,
              "positions of the columns to transform; -1 for all",
              ParameterType.INT,
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "transform_names",
              null,
              "names of further columns to transform",
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "transform_type",
              BIN_NUM,
              "bin_num, woe, or null for no transformation",
              ParameterType.TEXT,
              ParameterType.NULL)
          .build();

  private static final ParameterSchema OPTIMAL_BINNING =
      ParameterSchema.builder()
          .choice(
              "metric_method",
              "iv",
              List.of("iv", "gini", "chi_square", "chi-square", "ks"),
              "what to optimise")
          .number("min_bin_pct", 0.05, 0.0, 1.0, "smallest share of rows in a bin")
          .number("max_bin_pct", 1.0, 1e-6, 1.0, "largest share of rows in a bin")
          .integer("init_bin_nums", 1000, 2, 1_000_000, "bins to start from")
          .bool("mixture", true, "whether bins need both classes")
          .choice(
              "init_bucket_method",
              QUANTILE,
              List.of(QUANTILE, BUCKET),
              "how the first bins are cut")
          .build();

  /** What binnings of columns and of rows have in common. */
  static final ParameterSchema COLUMNS =
      ParameterSchema.builder()
          .integer("compress_thres", 10000, 1, null, "of no effect: quantiles are exact")
          .integer("head_size", 10000, 1, null, "of no effect: quantiles are exact")
          .number("error", 0.0001, 0.0, 1.0, "allowed error of quantile ranks; they are exact")
          .integer("bin_num", 10, 1, 1_000_000, "bins per column")
          .any(
              "bin_indexes",
              -1,
              "positions of the columns to cut; -1 for all",
              ParameterType.INT,
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "bin_names",
              null,
              "names of further columns to cut",
              ParameterType.LIST,
              ParameterType.NULL)
          .openNumber(
              "adjustment_factor", 0.5, 0.0, 1.0, "added to the counts of a bin that lacks a class")
          .object("transform_param", TRANSFORM, "what becomes of the columns")
          .any(
              "category_indexes",
              null,
              "positions of columns whose every value is a bin",
              ParameterType.LIST,
              ParameterType.INT,
              ParameterType.NULL)
          .any(
              "category_names",
              null,
              "names of columns whose every value is a bin",
              ParameterType.LIST,
              ParameterType.NULL)
          .bool("need_run", true, "false hands the data on unchanged")
          .bool("skip_static", false, "true cuts without statistics; no label is needed")
          .any(
              "split_points_by_index",
              null,
              "given split points by column position",
              ParameterType.MAP,
              ParameterType.NULL)
          .any(
              "split_points_by_col_name",
              null,
              "given split points by column name",
              ParameterType.MAP,
              ParameterType.NULL)
          .build();

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .choice(
              "method",
              QUANTILE,
              List.of(QUANTILE, BUCKET, OPTIMAL),
              "how columns are cut into bins")
          .include(COLUMNS)
          .object("optimal_binning_param", OPTIMAL_BINNING, "settings of method optimal")
          .bool("local_only", false, "whether hosts take no part in statistics")
          .object("encrypt_param", SharedParameters.ENCRYPT, "the guest's key")
          .build();

  private BinningParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    Params transform = params.object("transform_param");
    String type = transform.text("transform_type");
    if (type != null && !type.equalsIgnoreCase(WOE) && !type.equalsIgnoreCase(BIN_NUM)) {
      problems.error(
          pointer + "/transform_param/transform_type",
          "unknown choice",
          type,
          "bin_num, woe or null");
    }
    if (OPTIMAL.equals(params.text("method"))) {
      checkOptimal(params, pointer, problems);
    }
    if (params.bool("skip_static") && WOE.equalsIgnoreCase(type)) {
      problems.error(
          pointer + "/skip_static",
          "woe needs statistics",
          true,
          "false, or another transform_type");
    }
    checkPoints(params, "split_points_by_index", pointer, problems);
    checkPoints(params, "split_points_by_col_name", pointer, problems);
  }

  private static void checkOptimal(Params params, String pointer, Problems problems) {
    Params optimal = params.object("optimal_binning_param");
    double least = optimal.number("min_bin_pct");
    double most = optimal.number("max_bin_pct");
    int bins = params.integer("bin_num");
    if (Math.ceil(1 / most) > bins) {
      problems.error(
          pointer + "/optimal_binning_param/max_bin_pct",
          "bin_num bins of this share do not hold all rows",
          most,
          "at least " + 1.0 / bins);
    }
    if (least > most) {
      problems.error(
          pointer + "/optimal_binning_param/min_bin_pct",
          "larger than max_bin_pct",
          least,
          "at most " + most);
    }
    if (params.bool("skip_static")) {
      problems.error(
          pointer + "/skip_static",
          "optimal binning needs the counts of labels",
          true,
          "false, or another method");
    }
  }

  private static void checkPoints(
      Params params, String parameter, String pointer, Problems problems) {
    if (params.isNull(parameter)) {
      return;
    }
    params
        .map(parameter)
        .forEach(
            (column, points) -> {
              if (!ascending(points)) {
                problems.error(
                    pointer + "/" + parameter + "/" + column,
                    "split points are not sorted",
                    points,
                    "an array of ascending, distinct numbers");
              }
            });
  }

  private static boolean ascending(Object points) {
    if (!(points instanceof List<?> list) || list.isEmpty()) {
      return false;
    }
    double before = Double.NEGATIVE_INFINITY;
    for (Object point : list) {
      if (!(point instanceof Number number) || !(number.doubleValue() > before)) {
        return false;
      }
      before = number.doubleValue();
    }
    return true;
  }
}
