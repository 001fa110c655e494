package io.fedflow.components.boosting;

import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * Labels as objectives want them. Immutable by convention.
 *
 * @param values positions of classes, or the values of a regression
 * @param classes the labels in order, as texts; empty for a regression
 */
record Targets(double[] values, List<String> classes) {

  /**
   * Reads the labels of a classification.
   *
   * @param known classes of a stored model; null for those of the table
   * @throws FedflowException {@code label.missing} or {@code label.classes} (INVALID)
   */
  static Targets classes(Table table, List<String> known) {
    double[] labels = required(table);
    for (double label : labels) {
      if (label != Math.rint(label) || Math.abs(label) > Integer.MAX_VALUE) {
        throw refused(
            table,
            "found " + label + ", allowed are integers; use task_type regression for values");
      }
    }
    double[] distinct =
        Arrays.stream(labels).map(label -> label + 0.0).distinct().sorted().toArray();
    double[] order =
        known == null ? distinct : known.stream().mapToDouble(Double::parseDouble).toArray();
    if (order.length < 2 || order.length > BoostPlan.MOST_DIMENSIONS) {
      throw refused(
          table,
          "found "
              + order.length
              + (order.length == 1 ? " class" : " classes")
              + ", allowed are 2.."
              + BoostPlan.MOST_DIMENSIONS);
    }
    double[] positions = new double[labels.length];
    for (int row = 0; row < positions.length; row++) {
      int at = Arrays.binarySearch(order, labels[row] + 0.0);
      if (at < 0) {
        throw refused(table, "found a class that the given model has not, allowed are " + known);
      }
      positions[row] = at;
    }
    return new Targets(
        positions, Arrays.stream(order).mapToObj(value -> Long.toString((long) value)).toList());
  }

  /**
   * Reads the labels of a regression.
   *
   * @throws FedflowException {@code label.missing} or {@code label.classes} (INVALID)
   */
  static Targets values(Table table, Objective objective) {
    double[] labels = required(table);
    boolean positive = objective instanceof Values values && values.kind() == Values.Kind.TWEEDIE;
    for (double label : labels) {
      if (!Double.isFinite(label) || positive && label < 0) {
        throw refused(
            table,
            "found a value that is not finite"
                + (positive ? " or negative, allowed for tweedie are numbers from 0" : ""));
      }
    }
    return new Targets(labels, List.of());
  }

  /**
   * The sample weights, null without any.
   *
   * @throws FedflowException {@code weights.range} (INVALID) if one is negative or missing, or all
   *     are 0
   */
  static double[] weights(Table table) {
    double[] weights = table.weight();
    if (weights != null
        && (!(Arrays.stream(weights).sum() > 0)
            || Arrays.stream(weights).anyMatch(w -> !(w >= 0) || Double.isInfinite(w)))) {
      throw RefusedColumn.weight(
          "weights.range",
          table,
          "found a negative, missing or infinite value or only zeros, allowed are numbers"
              + " >= 0 that are not all 0");
    }
    return weights;
  }

  private static double[] required(Table table) {
    double[] labels = table.label();
    if (labels == null) {
      throw ColumnException.of(
          "label.missing",
          table.schema().labelName().stream().toList(),
          BoostModel.MODULE
              + ": training needs numeric labels, but the guest's table has "
              + table
                  .schema()
                  .labelName()
                  .map(name -> "texts in label column " + name + "; set label_type to int")
                  .orElse("no label column"));
    }
    if (labels.length == 0) {
      throw FedflowException.invalid(
          "features.empty", BoostModel.MODULE + ": found no rows, allowed is at least one");
    }
    return labels;
  }

  private static FedflowException refused(Table table, String why) {
    return RefusedColumn.label("label.classes", table, why);
  }
}
