package io.fedflow.components.transform;

import java.util.List;
import java.util.Locale;

/** What takes the place of a listed text. */
enum FillMethod {
  MIN,
  MAX,
  MEAN,
  DESIGNATED;

  /** The names a conf may use. */
  static final List<String> NAMES = List.of("min", "max", "mean", "designated");

  static FillMethod of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in confs and models. */
  String spoken() {
    return name().toLowerCase(Locale.ROOT);
  }
}
