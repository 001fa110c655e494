package io.fedflow.table;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;

/**
 * The plain table file: magic {@code FFT2}, schema, groups of rows, then a CRC-32C of all of it. A
 * group is its number of rows, their ids, then column by column; a group of no rows is the end.
 * Numbers are big-endian; counts and the lengths of texts take 7 bits a byte, the lowest first, the
 * eighth bit says that more follow; texts are UTF-8.
 */
final class TableFormat {

  static final int MAGIC = 0x46465432;
  static final int MAX_COLUMNS = 1 << 20;
  static final int MAX_TEXT = 64 << 20;
  static final int MAX_ROWS = 1 << 30;

  private static final int GROUP_CELLS = 1 << 18;
  private static final int GROUP_ROWS = 1 << 12;

  private TableFormat() {}

  /** How many rows of so many columns make a group: some megabytes in memory. */
  static int groupRows(int columns) {
    return Math.max(1, Math.min(GROUP_ROWS, GROUP_CELLS / (columns + 1)));
  }

  static int bounded(long value, int limit) {
    if (value < 0 || value >= limit) {
      throw damaged("it holds the impossible count " + value);
    }
    return (int) value;
  }

  static FedflowException damaged(String why) {
    return new FedflowException(
        FailureKind.INVALID,
        "table.damaged",
        "table file is damaged: " + why + "; restore it or upload again");
  }
}
