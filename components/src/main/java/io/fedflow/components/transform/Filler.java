package io.fedflow.components.transform;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.ColumnSpec;
import java.util.List;
import java.util.Set;

/** Learns and makes the replacements of one feature. */
final class Filler {

  private Filler() {}

  /**
   * Cells after replacement.
   *
   * @param cells shared with the input if nothing was replaced
   * @param replacement what replaced; null if the rule is not active
   * @param ratio the share of cells replaced, 0..1
   */
  record Filled(String[] cells, String replacement, double ratio) {}

  /** The replacement by the mean of a feature that has no value at all: it stays missing. */
  static final String NOTHING = "NaN";

  /**
   * Finds the replacement of a feature. Minimum, maximum and mean leave out missing values; the
   * mean of none is {@link #NOTHING}.
   *
   * @return null if the rule is not active
   * @throws FedflowException if no replacement can be computed
   */
  static String learn(FillRule rule, TransformSettings settings, Feature feature, String[] cells) {
    if (!rule.active()) {
      return null;
    }
    FillMethod method = rule.method().orElseThrow();
    if (method == FillMethod.DESIGNATED) {
      return rule.designatedAt(feature.index(), feature.count());
    }
    ColumnSpec.Type type = settings.typeOfFeature(feature.name()).column();
    if (type == ColumnSpec.Type.TEXT) {
      throw ColumnException.of(
          "transform.fill",
          List.of(feature.name()),
          rule.name()
              + ": column "
              + feature.name()
              + " holds texts; allowed is the method designated");
    }
    double value = statistic(rule, method, settings.nanTexts(), feature, cells);
    if (Double.isNaN(value)) {
      return NOTHING;
    }
    return type == ColumnSpec.Type.INTEGER ? Long.toString((long) value) : Double.toString(value);
  }

  /** Replaces the rule's texts. */
  static Filled fill(FillRule rule, String replacement, String[] cells) {
    if (!rule.active() || replacement == null) {
      return new Filled(cells, null, 0);
    }
    Set<String> texts = rule.texts();
    String[] filled = cells.clone();
    int replaced = 0;
    for (int row = 0; row < filled.length; row++) {
      if (texts.contains(filled[row])) {
        filled[row] = replacement;
        replaced++;
      }
    }
    return new Filled(filled, replacement, (double) replaced / cells.length);
  }

  private static double statistic(
      FillRule rule, FillMethod method, Set<String> skipped, Feature feature, String[] cells) {
    Set<String> texts = rule.texts();
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int row = 0; row < cells.length; row++) {
      if (texts.contains(cells[row]) || skipped.contains(cells[row])) {
        continue;
      }
      double value = Cells.number(feature.name(), row, cells[row], false);
      if (!Double.isNaN(value)) {
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
        sum += value;
        count++;
      }
    }
    if (count == 0 && method == FillMethod.MEAN) {
      return Double.NaN;
    }
    if (count == 0) {
      throw ColumnException.of(
          "transform.fill",
          List.of(feature.name()),
          rule.name()
              + ": column "
              + feature.name()
              + " holds nothing to take the "
              + method.spoken()
              + " of; allowed is the method designated");
    }
    return switch (method) {
      case MIN -> minimum;
      case MAX -> maximum;
      case MEAN -> sum / count;
      case DESIGNATED -> throw new IllegalArgumentException("designated is no statistic");
    };
  }

  /**
   * A feature's place.
   *
   * @param name column name
   * @param index position among the features
   * @param count how many features there are
   */
  record Feature(String name, int index, int count) {}
}
