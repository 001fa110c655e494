package io.fedflow.components.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names that confs give metrics. */
final class MetricNames {

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("l1", "mean_absolute_error"),
          Map.entry("mae", "mean_absolute_error"),
          Map.entry("regression_l1", "mean_absolute_error"),
          Map.entry("l2", "mean_squared_error"),
          Map.entry("mse", "mean_squared_error"),
          Map.entry("regression_l2", "mean_squared_error"),
          Map.entry("regression", "mean_squared_error"),
          Map.entry("l2_root", "root_mean_squared_error"),
          Map.entry("rmse", "root_mean_squared_error"),
          Map.entry("r2", "r2_score"),
          Map.entry("dbi", "davies_bouldin_index"),
          Map.entry("fmi", "fowlkes_mallows_score"),
          Map.entry("ri", "adjusted_rand_score"),
          Map.entry("jaccard", "jaccard_similarity_score"),
          Map.entry("acc", "accuracy"));

  private MetricNames() {}

  /** A name without alias, lower-case. */
  static String canonical(Object given) {
    String name = String.valueOf(given).toLowerCase(Locale.ROOT);
    return ALIASES.getOrDefault(name, name);
  }

  /**
   * What is to be measured, in the order of reports.
   *
   * @param given legal names of the type; null for all
   */
  static List<String> resolve(EvalType type, List<?> given) {
    if (given == null) {
      return type.metrics();
    }
    Set<String> wanted = new LinkedHashSet<>();
    given.forEach(name -> wanted.add(canonical(name)));
    // Their points are drawn as one curve, so one alone would be of no use.
    if (wanted.contains("precision") || wanted.contains("recall")) {
      wanted.addAll(List.of("precision", "recall"));
    }
    List<String> ordered = new ArrayList<>(type.metrics());
    ordered.retainAll(wanted);
    return ordered;
  }
}
