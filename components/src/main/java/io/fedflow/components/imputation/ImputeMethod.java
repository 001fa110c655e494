package io.fedflow.components.imputation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What replaces missing values of a column. */
enum ImputeMethod {
  MIN,
  MAX,
  MEAN,
  DESIGNATED,
  MEDIAN,
  MODE;

  /** As confs name them. */
  static final List<String> NAMES =
      Arrays.stream(values()).map(method -> method.name().toLowerCase(Locale.ROOT)).toList();

  /** The method of a name that {@link #NAMES} holds, in any case. */
  static ImputeMethod of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** As confs and models name it. */
  String spoken() {
    return name().toLowerCase(Locale.ROOT);
  }
}
