package io.fedflow.components.selection;

import io.fedflow.component.Params;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a filter by value, such as {@code iv_param}. Its settings may be lists: one run
 * of the filter per element. Immutable.
 *
 * @param settings by name
 */
record FilterRuns(Map<String, Object> settings) {

  /** The settings that may be lists. */
  static final List<String> LISTED =
      List.of(
          "metrics",
          "filter_type",
          "threshold",
          "take_high",
          "select_federated",
          "mul_class_merge_type");

  private static final String HOST_THRESHOLDS = "host_thresholds";

  static FilterRuns of(Params params) {
    return new FilterRuns(params.toTree());
  }

  /** How many runs the settings ask for; at least 1. */
  int count() {
    return LISTED.stream()
        .mapToInt(name -> settings.get(name) instanceof List<?> list ? list.size() : 1)
        .max()
        .orElse(1);
  }

  /** A setting of one run; texts in lower case; null if the filter has no such setting. */
  Object element(String name, int run) {
    Object value = settings.get(name);
    Object chosen = value instanceof List<?> list ? list.get(run) : value;
    return chosen instanceof String text ? text.toLowerCase(Locale.ROOT) : chosen;
  }

  /** The same, of a text; empty if the filter has no such setting. */
  String text(String name, int run) {
    return element(name, run) instanceof String text ? text : "";
  }

  /** The same, of a number. */
  double number(String name, int run) {
    return ((Number) element(name, run)).doubleValue();
  }

  /** The same, true or false. */
  boolean bool(String name, int run) {
    return (Boolean) element(name, run);
  }

  /**
   * What {@code host_thresholds} says of one run: null, a number for all hosts, or a list with one
   * for each. A list of numbers is one for each host if there is one run, otherwise one for each
   * run.
   */
  Object hostThresholds(int run) {
    if (!(settings.get(HOST_THRESHOLDS) instanceof List<?> list)) {
      return settings.get(HOST_THRESHOLDS);
    }
    if (count() == 1 && list.stream().allMatch(Number.class::isInstance)) {
      return list;
    }
    return run < list.size() ? list.get(run) : null;
  }
}
