package io.fedflow.components.linear;

import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.List;

/** Refuses features that linear models cannot work with. Stateless. */
public final class FeatureCheck {

  /** The largest magnitude of a feature or weight. */
  public static final double LARGEST = 1e8;

  private FeatureCheck() {}

  /**
   * The features of a table, column-major.
   *
   * @return shape [columns][rows]; not to be changed
   * @throws FedflowException {@code features.empty}, {@code features.missing} or {@code
   *     features.range} (INVALID) naming the first column at fault
   */
  public static double[][] of(Table table) {
    List<String> header = table.schema().header();
    if (table.rowCount() == 0 || header.isEmpty()) {
      throw FedflowException.invalid(
          "features.empty",
          "found "
              + table.rowCount()
              + " rows and "
              + header.size()
              + " feature columns, allowed are at least one of each");
    }
    double[][] features = FeatureColumns.allNumbers(table);
    for (int column = 0; column < features.length; column++) {
      for (double value : features[column]) {
        if (Double.isNaN(value)) {
          throw ColumnException.of(
              "features.missing",
              header.get(column),
              "found a missing value, allowed are numbers; fill missing values first");
        }
        if (!(Math.abs(value) <= LARGEST)) {
          throw ColumnException.of(
              "features.range",
              header.get(column),
              "found a value beyond 1e8, allowed are -1e8..1e8; scale the data first");
        }
      }
    }
    return features;
  }
}
