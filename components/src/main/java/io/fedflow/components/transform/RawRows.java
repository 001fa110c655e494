package io.fedflow.components.transform;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rows of a raw table as cells, whatever its header says: what an upload split is joined again
 * if the conf names another separator. Not changed after construction.
 */
final class RawRows {

  /** Most features that rows without a header may name. */
  static final int MOST_FEATURES = 1 << 16;

  /** Most values that a table of such rows may come to; 1 GiB as numbers. */
  static final long MOST_VALUES = 1L << 27;

  private final List<Column> columns;
  private final int count;
  private final String joined;
  private final Pattern split;

  private RawRows(List<Column> columns, int count, String joined, Pattern split) {
    this.columns = columns;
    this.count = count;
    this.joined = joined;
    this.split = split;
  }

  /**
   * The rows of a table.
   *
   * @param delimiter the separator that the conf names
   * @throws FedflowException {@code transform.input} (INVALID) if the table is not raw or is empty
   */
  static RawRows of(Table table, String delimiter) {
    if (table.schema().kind() != TableKind.RAW) {
      throw RawColumns.refused(
          "found " + table + ", allowed is a RAW table, as Reader hands it on");
    }
    if (table.rowCount() == 0) {
      throw RawColumns.refused("found a table without rows");
    }
    boolean whole = table.columns().size() > 1 && table.schema().delimiter().equals(delimiter);
    return new RawRows(
        table.columns(),
        table.rowCount(),
        table.schema().delimiter(),
        whole ? null : Pattern.compile(delimiter, Pattern.LITERAL));
  }

  int count() {
    return count;
  }

  /** The cells of a row, stripped; none is left out. */
  String[] cells(int row) {
    String[] cells = new String[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = columns.get(i).textAt(row);
    }
    if (split != null) {
      cells = split.split(String.join(joined, cells), -1);
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    return cells;
  }

  /**
   * Refuses more features or values than fit.
   *
   * @throws FedflowException {@code transform.wide} (INVALID)
   */
  void requireRoom(long features) {
    if (features > MOST_FEATURES || features * count > MOST_VALUES) {
      throw FedflowException.invalid(
          "transform.wide",
          "input data: found "
              + features
              + " features in "
              + count
              + " rows, allowed are "
              + MOST_FEATURES
              + " features and "
              + MOST_VALUES
              + " values in all");
    }
  }

  /** Refuses a cell, quoting no more than it and naming no id. */
  static FedflowException refused(int row, String cell, String allowed) {
    return FedflowException.invalid(
        "transform.cell",
        "row " + (row + 1) + ": found '" + Cells.shortened(cell) + "', allowed " + allowed);
  }
}
