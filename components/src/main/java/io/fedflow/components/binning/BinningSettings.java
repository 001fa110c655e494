package io.fedflow.components.binning;

import io.fedflow.component.Params;
import io.fedflow.components.columns.ColumnChoice;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a conf asks for, for one table. Immutable.
 *
 * @param method how numeric columns are cut
 * @param binCount bins per column
 * @param columns the columns to cut, in header order
 * @param categories those of {@code columns} whose every value is a bin
 * @param given split points that the conf gives; empty, or one entry for each of {@code columns}
 * @param adjustment added to the counts of a bin that lacks a class
 * @param transformType {@code bin_num}, {@code woe}, or empty for none
 * @param transformColumns the columns to transform
 * @param first how first bins are cut that an optimal binning merges; null for other methods
 */
record BinningSettings(
    String method,
    int binCount,
    List<String> columns,
    Set<String> categories,
    Map<String, Bins> given,
    double adjustment,
    String transformType,
    List<String> transformColumns,
    FirstBins first) {

  /**
   * First bins of an optimal binning.
   *
   * @param method {@code quantile} or {@code bucket}
   * @param count how many
   */
  record FirstBins(String method, int count) {

    static FirstBins of(Params params) {
      Params optimal = params.object("optimal_binning_param");
      return new FirstBins(optimal.text("init_bucket_method"), optimal.integer("init_bin_nums"));
    }
  }

  /**
   * Reads the parameters against a table's header.
   *
   * @throws FedflowException {@code columns.unknown} or {@code binning.split_points} (INVALID)
   */
  static BinningSettings of(Params params, Table table) {
    List<String> header = table.schema().header();
    List<String> columns =
        ColumnChoice.choose(
            header,
            params.get("bin_indexes"),
            params.texts("bin_names"),
            "bin_indexes",
            "bin_names");
    List<String> categories =
        ColumnChoice.choose(
            header,
            params.get("category_indexes"),
            params.texts("category_names"),
            "category_indexes",
            "category_names");
    // A category column is binned too, wherever it stands.
    Set<String> binned = new LinkedHashSet<>(columns);
    binned.addAll(categories);
    List<String> ordered = header.stream().filter(binned::contains).toList();
    Params transform = params.object("transform_param");
    String type = transform.text("transform_type");
    return new BinningSettings(
        params.text("method"),
        params.integer("bin_num"),
        ordered,
        Set.copyOf(categories),
        givenPoints(params, header, ordered),
        params.number("adjustment_factor"),
        type == null ? "" : type.toLowerCase(Locale.ROOT),
        transformed(transform, header, ordered),
        params.text("method").equals(BinningParameters.OPTIMAL) ? FirstBins.of(params) : null);
  }

  /** Tells whether a column's first bins are to be merged by labels. */
  boolean optimises(String column) {
    return first != null && given.isEmpty() && !categories.contains(column);
  }

  /**
   * The bins of one column; the first bins of one that is optimised.
   *
   * @throws FedflowException {@code binning.empty}, or {@code binning.missing} where an optimised
   *     column lacks a value (INVALID)
   */
  Bins cut(String column, double[] values) {
    if (!given.isEmpty()) {
      return given.get(column);
    }
    if (categories.contains(column)) {
      return Bins.category(column, values);
    }
    if (first == null) {
      return cut(method, column, values, binCount);
    }
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw ColumnException.of(
          "binning.missing",
          column,
          "found a missing value, optimal binning needs all; fill missing values first, or"
              + " use another method");
    }
    return cut(first.method(), column, values, first.count());
  }

  /** The bins of a column that nobody can optimise, since no labels are asked. */
  Bins cutWithoutLabels(String column, double[] values) {
    return cut(first.method(), column, values, binCount);
  }

  /**
   * As in FATE, a column without any value has one bin up to 0, and all rows in that of missing.
   */
  private static Bins cut(String method, String column, double[] values, int count) {
    if (isMissing(values)) {
      return Bins.of(0);
    }
    return method.equals(BinningParameters.BUCKET)
        ? Bins.bucket(column, values, count)
        : Bins.quantile(column, values, count);
  }

  /** Tells whether a column has no value at all. */
  static boolean isMissing(double[] values) {
    return Arrays.stream(values).allMatch(Double::isNaN);
  }

  private static List<String> transformed(
      Params transform, List<String> header, List<String> binned) {
    Object positions = transform.get("transform_cols");
    if (positions instanceof Number number && number.longValue() == -1) {
      return binned;
    }
    List<String> chosen =
        ColumnChoice.choose(
            header,
            positions,
            transform.texts("transform_names"),
            "transform_cols",
            "transform_names");
    List<String> uncut = chosen.stream().filter(c -> !binned.contains(c)).toList();
    if (!uncut.isEmpty()) {
      throw FedflowException.invalid(
          "columns.unknown",
          "transform_param: found columns " + uncut + " without bins, allowed are " + binned);
    }
    return chosen;
  }

  private static Map<String, Bins> givenPoints(
      Params params, List<String> header, List<String> columns) {
    Map<String, Bins> given = new LinkedHashMap<>();
    if (!params.isNull("split_points_by_col_name")) {
      params
          .map("split_points_by_col_name")
          .forEach((name, points) -> given.put(name, bins(points)));
    }
    if (!params.isNull("split_points_by_index")) {
      params
          .map("split_points_by_index")
          .forEach(
              (index, points) ->
                  given.put(
                      ColumnChoice.at(header, number(index), "split_points_by_index"),
                      bins(points)));
    }
    if (!given.isEmpty() && !given.keySet().equals(Set.copyOf(columns))) {
      throw FedflowException.invalid(
          "binning.split_points",
          "split points: found them for "
              + new ArrayList<>(given.keySet())
              + ", allowed are exactly the binned columns "
              + columns);
    }
    return given;
  }

  private static Object number(String index) {
    try {
      return Integer.valueOf(index);
    } catch (NumberFormatException text) {
      return index;
    }
  }

  private static Bins bins(Object points) {
    return Bins.of(
        ((List<?>) points).stream().mapToDouble(p -> ((Number) p).doubleValue()).toArray());
  }
}
