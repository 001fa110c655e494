package io.fedflow.components.lr;

import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The classes among the guest's labels, and each of them against all others. Stateless. */
final class LabelClasses {

  private static final List<Integer> TWO = List.of(0, 1);

  private LabelClasses() {}

  /**
   * The labels that occur, ascending, where there are more than two; else 0 and 1, whatever occurs:
   * a model of two classes checks that itself.
   *
   * @throws FedflowException {@code label.classes} (INVALID) if more than two labels are not whole
   *     numbers, or are too many
   */
  static List<Integer> of(Table table) {
    double[] labels = table.label();
    double[] distinct =
        labels == null ? new double[0] : Arrays.stream(labels).distinct().sorted().toArray();
    if (distinct.length <= TWO.size()) {
      return TWO;
    }
    for (double label : distinct) {
      if (label != (int) label) {
        throw refused(table, "found " + label + " among " + distinct.length + " values");
      }
    }
    if (distinct.length > LrWork.MOST_MODELS) {
      throw refused(table, "found " + distinct.length + " classes");
    }
    return Arrays.stream(distinct).mapToObj(label -> (int) label).toList();
  }

  /**
   * Refuses rows that a fresh model of classes could not learn anything from.
   *
   * @throws FedflowException {@code label.classes} (INVALID) if all labels are the same
   */
  static void requireSeveral(Table table) {
    double[] labels = table.label();
    if (labels != null && Arrays.stream(labels).distinct().count() == 1) {
      throw refused(table, "found one class only");
    }
  }

  private static FedflowException refused(Table table, String found) {
    return RefusedColumn.label(
        "label.classes",
        table,
        found
            + ", allowed are 0 and 1, or up to "
            + LrWork.MOST_MODELS
            + " whole numbers, one for each class");
  }

  /** The table with label 1 for rows of a class and 0 for others; unchanged without labels. */
  static Table oneAgainstRest(Table table, int label) {
    double[] labels = table.label();
    if (labels == null) {
      return table;
    }
    int at = table.schema().indexOf(ColumnSpec.Use.LABEL);
    List<Column> columns = new ArrayList<>(table.columns());
    columns.set(
        at, new Column.Numbers(Arrays.stream(labels).map(l -> l == label ? 1 : 0).toArray()));
    return table.withColumns(table.schema().columns(), columns);
  }
}
