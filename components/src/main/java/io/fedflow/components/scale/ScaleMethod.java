package io.fedflow.components.scale;

import java.util.Locale;

/** How values are scaled. */
enum ScaleMethod {
  /** {@code (v - mean) / deviation}. */
  STANDARD_SCALE,
  /** {@code (v - lower) / (upper - lower)}. */
  MIN_MAX_SCALE,
  /** Not at all. */
  NONE;

  /** The method of a conf or a model; null and the empty text mean {@link #NONE}. */
  static ScaleMethod of(String name) {
    return name == null || name.isEmpty() ? NONE : valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Tells whether a conf may name it so. */
  static boolean knows(String name) {
    return name.equalsIgnoreCase(STANDARD_SCALE.spoken())
        || name.equalsIgnoreCase(MIN_MAX_SCALE.spoken());
  }

  /** As confs and models name it; empty for none. */
  String spoken() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }
}
