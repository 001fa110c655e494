package io.fedflow.components.imputation;

import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.statistics.Moments;
import io.fedflow.components.statistics.SortedValues;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What replaces the missing values of one column. Immutable.
 *
 * @param method how it was found
 * @param text the value; reads as a number for a numeric column
 */
record Replacement(ImputeMethod method, String text) {

  /** Several values may be the most frequent: take one by the seed, or refuse. */
  record Ties(boolean refused, long seed) {}

  /**
   * Learns from a column.
   *
   * @param designated the value for {@link ImputeMethod#DESIGNATED}
   * @throws FedflowException {@code columns.empty}, {@code imputation.ties}, {@code
   *     imputation.value} or {@code imputation.text} (INVALID)
   */
  static Replacement fit(
      String name,
      Column column,
      ImputeMethod method,
      Object designated,
      MissingValues missing,
      Ties ties) {
    if (column instanceof Column.Numbers numbers) {
      return new Replacement(
          method, Double.toString(number(name, numbers, method, designated, missing, ties)));
    }
    return switch (method) {
      case DESIGNATED -> new Replacement(method, String.valueOf(designated));
      case MODE ->
          new Replacement(method, mostFrequent(name, (Column.Texts) column, missing, ties));
      default ->
          throw ColumnException.of(
              "imputation.text",
              name,
              "found texts and method " + method.spoken() + ", allowed are mode and designated");
    };
  }

  /** The column without missing values. */
  Column apply(Column column, MissingValues missing) {
    if (column instanceof Column.Numbers numbers) {
      double value = Double.parseDouble(text);
      double[] filled = numbers.values().clone();
      for (int row = 0; row < filled.length; row++) {
        filled[row] = missing.contains(filled[row]) ? value : filled[row];
      }
      return new Column.Numbers(filled);
    }
    String[] filled = ((Column.Texts) column).values().clone();
    for (int row = 0; row < filled.length; row++) {
      filled[row] = missing.contains(filled[row]) ? text : filled[row];
    }
    return new Column.Texts(filled);
  }

  private static double number(
      String name,
      Column.Numbers column,
      ImputeMethod method,
      Object designated,
      MissingValues missing,
      Ties ties) {
    if (method == ImputeMethod.DESIGNATED) {
      return designated(name, designated);
    }
    double[] present =
        Arrays.stream(column.values())
            .map(value -> missing.contains(value) ? Double.NaN : value)
            .toArray();
    FeatureColumns.requirePresent(name, present);
    return switch (method) {
      case MEAN -> Moments.of(present).mean();
      case MIN -> SortedValues.of(present).minimum();
      case MAX -> SortedValues.of(present).maximum();
      case MEDIAN -> SortedValues.of(present).quantile(0.5);
      default -> {
        double[] modes = SortedValues.of(present).modes();
        yield modes[choose(name, modes.length, ties)];
      }
    };
  }

  private static double designated(String name, Object value) {
    try {
      double number = Double.parseDouble(String.valueOf(value));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException text) {
      // Told below, like any other value that is no number.
    }
    throw ColumnException.of(
        "imputation.value",
        name,
        "found the designated value "
            + value
            + ", allowed is a finite number; set default_value or col_default_value");
  }

  private static String mostFrequent(
      String name, Column.Texts column, MissingValues missing, Ties ties) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (String value : column.values()) {
      if (!missing.contains(value)) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    if (counts.isEmpty()) {
      double[] none = new double[column.size()];
      Arrays.fill(none, Double.NaN);
      FeatureColumns.requirePresent(name, none);
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    String[] modes =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() == most)
            .map(java.util.Map.Entry::getKey)
            .toArray(String[]::new);
    return modes[choose(name, modes.length, ties)];
  }

  private static int choose(String name, int modes, Ties ties) {
    if (modes > 1 && ties.refused()) {
      throw ColumnException.of(
          "imputation.ties",
          name,
          "found "
              + modes
              + " most frequent values, allowed is one; set multi_mode to random, or another"
              + " method");
    }
    return modes == 1 ? 0 : new SplittableRandom(ties.seed() ^ name.hashCode()).nextInt(modes);
  }
}
