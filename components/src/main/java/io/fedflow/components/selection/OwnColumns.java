package io.fedflow.components.selection;

import io.fedflow.component.Params;
import io.fedflow.components.columns.ColumnChoice;
import io.fedflow.party.Party;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One party's columns as its filters see them. Immutable.
 *
 * @param table the rows
 * @param params the conf
 * @param anonymous column name to anonymous name, in header order
 * @param candidates the columns that filters may remove, in header order; at least one
 */
record OwnColumns(
    Table table, Params params, Map<String, String> anonymous, List<String> candidates) {

  static OwnColumns of(Table table, Params params, Party self) {
    Map<String, String> anonymous = AnonymousNames.of(table.schema(), self);
    List<String> header = table.schema().header();
    List<String> names = params.texts("select_names");
    List<String> chosen =
        ColumnChoice.choose(
            header,
            params.get("select_col_indexes"),
            names == null ? null : names.stream().map(n -> real(n, params, anonymous)).toList(),
            "select_col_indexes",
            "select_names");
    // A party must have a candidate: any one will do, and the first makes runs repeat.
    return new OwnColumns(
        table,
        params,
        anonymous,
        chosen.isEmpty() && !header.isEmpty() ? header.subList(0, 1) : chosen);
  }

  /**
   * Computes what a filter judges the given columns by.
   *
   * @return empty for a filter by values that rows do not tell
   */
  Map<String, Double> computed(FilterStep step, List<String> columns) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String column : columns) {
      double[] numbers = table.numbers(column);
      switch (step.method()) {
        case SelectionParameters.UNIQUE -> values.put(column, ColumnMeasures.deviation(numbers));
        case SelectionParameters.VARIATION -> values.put(column, ColumnMeasures.variation(numbers));
        case SelectionParameters.OUTLIER ->
            values.put(
                column,
                ColumnMeasures.quantile(
                    numbers, params.object("outlier_param").number("percentile")));
        case SelectionParameters.PERCENTAGE -> values.put(column, share(numbers, step.threshold()));
        default -> {}
      }
    }
    return values;
  }

  /** The columns that filter {@code manually} leaves of the given ones. */
  Set<String> leftManually(List<String> columns) {
    Params manual = params.object("manually_param");
    Set<String> named = named(manual, "filter_out_indexes", "filter_out_names");
    boolean keepOnly = !manual.isNull("left_col_indexes") || !manual.isNull("left_col_names");
    Set<String> only = named(manual, "left_col_indexes", "left_col_names");
    Set<String> left = new LinkedHashSet<>();
    for (String column : columns) {
      if (keepOnly ? only.contains(column) : !named.contains(column)) {
        left.add(column);
      }
    }
    return left;
  }

  /**
   * The filter allows {@code ceil(share n)} rows: a share that this bound allows is rounded down.
   */
  private static double share(double[] numbers, double allowed) {
    int most = ColumnMeasures.mostFrequent(numbers);
    double share = (double) most / Math.max(1, numbers.length);
    return most <= Math.ceil(allowed * numbers.length) ? Math.min(share, allowed) : share;
  }

  private Set<String> named(Params manual, String indexes, String names) {
    Set<String> named = new LinkedHashSet<>();
    List<?> positions = manual.list(indexes);
    for (Object position : positions == null ? List.of() : positions) {
      named.add(ColumnChoice.at(table.schema().header(), position, "manually_param." + indexes));
    }
    List<String> texts = manual.texts(names);
    for (String text : texts == null ? List.<String>of() : texts) {
      named.add(real(text, params, anonymous));
    }
    return named;
  }

  private static String real(String name, Params params, Map<String, String> anonymous) {
    if (!params.bool("use_anonymous")) {
      return name;
    }
    return new ArrayList<>(anonymous.entrySet())
        .stream()
            .filter(e -> e.getValue().equals(name))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(name);
  }
}
