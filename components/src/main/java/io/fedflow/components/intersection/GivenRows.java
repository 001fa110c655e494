package io.fedflow.components.intersection;

import io.fedflow.table.Column;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of a table in another order, some of which the table does not have. */
final class GivenRows {

  /** Stands for a row that the table does not have. */
  static final int NONE = -1;

  private GivenRows() {}

  /**
   * The rows under these names.
   *
   * @param rows positions in the table, or {@link #NONE}: then numbers are missing and texts empty
   * @param names one per row
   */
  static Table of(Table table, int[] rows, String[] names) {
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      columns.add(
          column instanceof Column.Numbers numbers
              ? new Column.Numbers(
                  Arrays.stream(rows)
                      .mapToDouble(row -> row == NONE ? Double.NaN : numbers.values()[row])
                      .toArray())
              : new Column.Texts(
                  Arrays.stream(rows)
                      .mapToObj(row -> row == NONE ? "" : ((Column.Texts) column).values()[row])
                      .toArray(String[]::new)));
    }
    return new Table(table.schema(), names, columns);
  }
}
