package io.fedflow.components.imputation;

import io.fedflow.table.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which values count as missing: NaN and the empty text always, and those that a conf lists.
 * Immutable.
 */
final class MissingValues {

  private final Set<Double> numbers = new HashSet<>();
  private final Set<String> texts = new HashSet<>();

  /**
   * Values that count as missing.
   *
   * @param listed numbers or texts; a text that reads as a number stands for that, too
   */
  MissingValues(List<?> listed) {
    for (Object value : listed) {
      texts.add(String.valueOf(value));
      if (value instanceof Number number) {
        numbers.add(number.doubleValue() + 0.0);
      } else {
        addNumber(String.valueOf(value));
      }
    }
  }

  private void addNumber(String text) {
    try {
      numbers.add(Double.parseDouble(text) + 0.0);
    } catch (NumberFormatException word) {
      // A word such as "none" stands for itself only.
    }
  }

  /** Tells whether a number counts as missing. */
  boolean contains(double value) {
    return Double.isNaN(value) || numbers.contains(value + 0.0);
  }

  /** Tells whether a text counts as missing. */
  boolean contains(String value) {
    return value.isEmpty() || texts.contains(value);
  }

  /** How many values of a column count as missing. */
  int countIn(Column column) {
    int count = 0;
    for (int row = 0; row < column.size(); row++) {
      boolean missing =
          column instanceof Column.Numbers numeric
              ? contains(numeric.values()[row])
              : contains(column.textAt(row));
      count += missing ? 1 : 0;
    }
    return count;
  }
}
