package io.fedflow.components.binning;

import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.components.crypto.AdditivePublicKey;
import io.fedflow.components.crypto.PackedSums;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The guest's labels as indicators. Immutable by convention.
 *
 * @param labels the classes as texts, the largest first; at least two
 * @param slots shape [classes][rows]: 1 where a row is of the class, else 0
 */
record LabelCounts(List<String> labels, long[][] slots) {

  /** So many labels are still classes and not values. */
  static final int MOST_CLASSES = 1000;

  /**
   * Reads a table's labels. One value alone counts as two classes: it is an event if it is 1.
   *
   * @throws FedflowException {@code label.missing}, or {@code label.classes} for too many values
   *     (INVALID)
   */
  static LabelCounts of(Table table) {
    double[] labels = present(table);
    double[] classes = Arrays.stream(labels).map(v -> v + 0.0).distinct().sorted().toArray();
    if (classes.length > MOST_CLASSES) {
      throw RefusedColumn.label(
          "label.classes",
          table,
          "found "
              + classes.length
              + " distinct values, allowed are "
              + MOST_CLASSES
              + " classes; for other labels set skip_static");
    }
    if (classes.length < 2) {
      double other = classes.length == 1 && classes[0] != 1 ? classes[0] : 0;
      classes = new double[] {other, 1};
    }
    List<String> texts = new ArrayList<>();
    for (int i = classes.length - 1; i >= 0; i--) {
      texts.add(text(classes[i]));
    }
    return indicators(table, labels, texts);
  }

  /**
   * Reads the labels of rows that a stored model is applied to.
   *
   * @param known the classes at training; empty if the model is one of two classes that it does not
   *     name
   * @throws FedflowException {@code label.missing}, {@code label.classes} or {@code label.unknown}
   *     (INVALID)
   */
  static LabelCounts of(Table table, List<String> known) {
    if (!known.isEmpty()) {
      return indicators(table, present(table), known);
    }
    LabelCounts found = of(table);
    if (found.labels.size() > 2) {
      throw RefusedColumn.label(
          "label.classes",
          table,
          "found " + found.labels.size() + " distinct values, the model was trained with 2");
    }
    return found;
  }

  private static double[] present(Table table) {
    double[] labels = table.label();
    if (labels == null) {
      throw FedflowException.invalid(
          "label.missing",
          "statistics need labels, but the guest's table has none; give data with labels, or set"
              + " skip_static");
    }
    if (Arrays.stream(labels).anyMatch(Double::isNaN)) {
      throw RefusedColumn.label("label.missing", table, "found a missing value");
    }
    return labels;
  }

  private static LabelCounts indicators(Table table, double[] labels, List<String> texts) {
    Map<String, Integer> positions = new HashMap<>();
    texts.forEach(label -> positions.put(label, positions.size()));
    long[][] slots = new long[texts.size()][labels.length];
    for (int row = 0; row < labels.length; row++) {
      Integer at = positions.get(text(labels[row]));
      if (at == null) {
        throw RefusedColumn.label(
            "label.unknown",
            table,
            "found " + text(labels[row]) + ", allowed are the classes of the training " + texts);
      }
      slots[at][row] = 1;
    }
    return new LabelCounts(texts, slots);
  }

  private static String text(double label) {
    return label == Math.rint(label) && Math.abs(label) < 1e15
        ? Long.toString((long) label)
        : Double.toString(label);
  }

  /** How many rows there are. */
  int rows() {
    return slots[0].length;
  }

  /** Tells whether there are more than two classes. */
  boolean several() {
    return labels.size() > 2;
  }

  /**
   * Counts a column of the guest's own.
   *
   * @param bins of every row
   * @return shape [classes][bins]
   */
  long[][] counts(int[] bins, int binCount) {
    long[][] counts = new long[slots.length][binCount];
    for (int label = 0; label < slots.length; label++) {
      for (int row = 0; row < bins.length; row++) {
        counts[label][bins[row]] += slots[label][row];
      }
    }
    return counts;
  }

  /**
   * How the counts of all classes share ciphertexts.
   *
   * @param classes at least 2
   * @param rows most rows of a count
   */
  static PackedSums packing(AdditivePublicKey key, int classes, int rows) {
    return new PackedSums(key, classes, 1, rows);
  }
}
