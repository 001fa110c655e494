package io.fedflow.components.homolr;

import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows that one party trains on. Immutable by convention.
 *
 * @param features shape [columns][rows]
 * @param labels whole numbers, one per row
 * @param weights sample weights, one per row; null without any
 */
record MemberRows(double[][] features, int[] labels, double[] weights) {

  /**
   * Reads and checks a table.
   *
   * @throws FedflowException {@code label.missing}, {@code label.classes}, {@code weights.range} or
   *     what {@link FeatureCheck} refuses (INVALID)
   */
  static MemberRows of(Table table) {
    double[][] features = FeatureCheck.of(table);
    double[] labels = table.label();
    if (labels == null) {
      throw FedflowException.invalid(
          "label.missing", "training needs labels, but the table has none");
    }
    double[] weights = table.weight();
    if (weights != null && Arrays.stream(weights).anyMatch(w -> !(w >= 0 && w < 1e300))) {
      throw RefusedColumn.weight(
          "weights.range",
          table,
          "found a negative, missing or infinite value, allowed are numbers >= 0");
    }
    return new MemberRows(features, whole(table, labels), weights);
  }

  private static int[] whole(Table table, double[] labels) {
    int[] whole = new int[labels.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (int) labels[i];
      if (whole[i] != labels[i]) {
        throw RefusedColumn.label(
            "label.classes",
            table,
            "found " + labels[i] + ", allowed are whole numbers, one for each class");
      }
    }
    return whole;
  }

  int count() {
    return labels.length;
  }

  /** The labels that occur, ascending. */
  List<Integer> classes() {
    return Arrays.stream(labels).distinct().sorted().boxed().toList();
  }

  /** 1 for rows of a class, else 0. */
  double[] targets(int label) {
    return IntStream.of(labels).mapToDouble(own -> own == label ? 1 : 0).toArray();
  }
}
