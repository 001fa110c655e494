package io.fedflow.components.labels;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads labels, whatever their type. Stateless; thread-safe. */
public final class Labels {

  /** The most distinct labels that a classification may have. */
  public static final int MOST = 1000;

  private Labels() {}

  /** The labels as texts, whole numbers without a fraction; empty for a table without a label. */
  public static Optional<String[]> texts(Table table) {
    int at = table.schema().indexOf(ColumnSpec.Use.LABEL);
    if (at < 0) {
      return Optional.empty();
    }
    Column column = table.column(at);
    String[] texts = new String[column.size()];
    Arrays.setAll(texts, column::textAt);
    return Optional.of(texts);
  }

  /**
   * The distinct labels: in the order of numbers if all are numbers, otherwise of texts.
   *
   * @throws FedflowException {@code labels.many} (INVALID) if there are more than {@link #MOST}
   */
  public static List<String> distinct(String[] labels) {
    Set<String> distinct = new LinkedHashSet<>();
    for (String label : labels) {
      distinct.add(label);
      if (distinct.size() > MOST) {
        throw FedflowException.invalid(
            "labels.many",
            "labels: found more than " + MOST + " distinct ones, allowed are at most " + MOST);
      }
    }
    boolean numbers = distinct.stream().allMatch(Labels::isNumber);
    Comparator<String> order =
        numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
    return distinct.stream().sorted(order).toList();
  }

  /** A label as a conf may write it, in the form of {@link #texts}: 1.0 means the label 1. */
  public static String normal(Object label) {
    String text = String.valueOf(label);
    return text.endsWith(".0") && isNumber(text) ? text.substring(0, text.length() - 2) : text;
  }

  /** Tells whether a text reads as a finite number. */
  static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException word) {
      return false;
    }
  }
}
