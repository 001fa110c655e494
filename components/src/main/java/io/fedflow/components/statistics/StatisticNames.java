package io.fedflow.components.statistics;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** The statistics that confs name. Stateless. */
public final class StatisticNames {

  /** All of the basic ones. */
  static final String SUMMARY = "summary";

  /** What is measured whatever a conf asks for. */
  public static final List<String> BASIC =
      List.of(
          "sum",
          "mean",
          "stddev",
          "median",
          "min",
          "max",
          "missing_ratio",
          "missing_count",
          "skewness",
          "kurtosis",
          "coefficient_of_variance");

  private static final Set<String> FURTHER = Set.of("count", "variance");

  private StatisticNames() {}

  /** Tells whether a conf may name it. */
  static boolean knows(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(SUMMARY)
        || BASIC.contains(lower)
        || FURTHER.contains(lower)
        || percent(lower).isPresent();
  }

  /** Tells whether it is the name of one statistic, in lower case: not {@code summary}. */
  public static boolean measures(String name) {
    return knows(name) && !name.equals(SUMMARY);
  }

  /** The percentage of a name such as {@code 95%}; empty for other names. */
  static OptionalInt percent(String name) {
    if (name.matches("[0-9]{1,3}%")) {
      int percent = Integer.parseInt(name.substring(0, name.length() - 1));
      return percent <= 100 ? OptionalInt.of(percent) : OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  /**
   * What is to be measured: the basic ones, then what a conf names beyond.
   *
   * @param asked one name, or a list of names
   */
  static List<String> resolve(Object asked) {
    Set<String> names = new LinkedHashSet<>(BASIC);
    for (Object name : asked instanceof List<?> list ? list : List.of(asked)) {
      names.add(String.valueOf(name).toLowerCase(Locale.ROOT));
    }
    names.remove(SUMMARY);
    return List.copyOf(names);
  }
}
