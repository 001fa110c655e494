package io.fedflow.components.selection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of a column's information values for each of several classes. */
enum ClassMerge {
  /** The largest counts. */
  MAX,
  /** The smallest counts. */
  MIN,
  /** Their mean counts. */
  AVERAGE;

  /** The name in confs. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names. */
  static List<String> texts() {
    return Arrays.stream(values()).map(ClassMerge::text).toList();
  }

  /** The kind of a name that a check let pass. */
  static ClassMerge of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** One value of several. */
  double merge(List<Double> values) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return switch (this) {
      case MAX -> most;
      case MIN -> least;
      case AVERAGE -> sum / values.size();
    };
  }
}
