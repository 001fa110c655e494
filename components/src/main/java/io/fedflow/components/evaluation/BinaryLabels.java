package io.fedflow.components.evaluation;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;

/** Which rows carry the positive label. */
final class BinaryLabels {

  private BinaryLabels() {}

  /**
   * Compares labels with the positive one.
   *
   * @param positive a number or text; null, 0 and the empty text stand for labels that are 0 and 1
   *     already
   * @return shape [rows]
   * @throws FedflowException {@code evaluation.input} (INVALID) if a label is missing
   */
  static boolean[] of(PredictionRows rows, Object positive) {
    String wanted = isDefault(positive) ? "1" : text(positive);
    String[] labels = rows.texts("label", rows.labels());
    boolean[] positives = new boolean[labels.length];
    for (int row = 0; row < labels.length; row++) {
      positives[row] = labels[row].equals(wanted);
    }
    return positives;
  }

  private static boolean isDefault(Object positive) {
    return positive == null
        || positive.equals("")
        || positive instanceof Number number && number.doubleValue() == 0;
  }

  // The same form as numbers of a column have as texts.
  private static String text(Object positive) {
    return positive instanceof Number number
        ? new Column.Numbers(new double[] {number.doubleValue()}).textAt(0)
        : positive.toString();
  }
}
