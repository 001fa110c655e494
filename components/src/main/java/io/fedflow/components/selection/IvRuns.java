package io.fedflow.components.selection;

import io.fedflow.component.Params;
import java.util.List;
import java.util.Locale;

/** Reads {@code iv_param}, whose settings may be lists: one run of the filter per element. */
final class IvRuns {

  private static final List<String> LISTED =
      List.of("metrics", "filter_type", "threshold", "take_high", "select_federated");

  private IvRuns() {}

  /** How many runs the settings ask for; at least 1. */
  static int count(Params iv) {
    return LISTED.stream()
        .mapToInt(name -> iv.get(name) instanceof List<?> list ? list.size() : 1)
        .max()
        .orElse(1);
  }

  /** A setting of one run; texts in lower case. */
  static Object element(Params iv, String name, int run) {
    Object value = iv.get(name) instanceof List<?> list ? list.get(run) : iv.get(name);
    return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }
}
