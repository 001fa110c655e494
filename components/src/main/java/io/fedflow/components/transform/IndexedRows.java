package io.fedflow.components.transform;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads rows of {@code index:value} cells, as in SVMlight files. Features are {@code x0} up to the
 * largest index of the table; what a row does not name is 0. Source: FATE 1.11,
 * federatedml/util/data_transform.py.
 */
final class IndexedRows {

  private static final String ABSENT = "0";
  private static final String ALLOWED =
      "index:value, with an index of 0.." + (RawRows.MOST_FEATURES - 1);

  private IndexedRows() {}

  /**
   * The columns of a table.
   *
   * @param header the features of a model, whose further indexes are left out; null to learn them
   * @throws FedflowException {@code transform.input}, {@code transform.cell} or {@code
   *     transform.wide} (INVALID)
   */
  static RawColumns read(Table table, TransformSettings settings, List<String> header) {
    RawRows rows = RawRows.of(table, settings.delimiter());
    int before = settings.matchId().isPresent() ? 1 : 0;
    boolean labelled =
        settings.label().isPresent() && (header == null || hasLabel(rows.cells(0), before));
    FrontCells front = FrontCells.of(rows.count(), before > 0, labelled);
    List<String> names =
        header != null
            ? header
            : IntStream.rangeClosed(0, largest(rows, front.width()))
                .mapToObj(i -> "x" + i)
                .toList();
    rows.requireRoom(names.size());
    Map<String, String[]> columns = new HashMap<>();
    for (String name : names) {
      String[] column = new String[rows.count()];
      Arrays.fill(column, ABSENT);
      columns.put(name, column);
    }
    BitSet seen = new BitSet();
    for (int row = 0; row < rows.count(); row++) {
      String[] cells = rows.cells(row);
      front.take(row, cells);
      seen.clear();
      for (int i = front.width(); i < cells.length; i++) {
        if (cells[i].isEmpty()) {
          continue;
        }
        int index = index(row, cells[i]);
        if (seen.get(index)) {
          throw RawRows.refused(row, cells[i], "every index once in a row");
        }
        seen.set(index);
        String[] column = columns.get("x" + index);
        if (column != null) {
          column[row] = cells[i].substring(cells[i].indexOf(':') + 1);
        }
      }
    }
    return RawColumns.of(names, columns, front);
  }

  /** Rows to predict may have no label yet: then their first cell is a feature. */
  private static boolean hasLabel(String[] cells, int before) {
    return cells.length > before && cells[before].indexOf(':') < 0;
  }

  private static int largest(RawRows rows, int front) {
    int largest = -1;
    for (int row = 0; row < rows.count(); row++) {
      String[] cells = rows.cells(row);
      for (int i = front; i < cells.length; i++) {
        if (!cells[i].isEmpty()) {
          largest = Math.max(largest, index(row, cells[i]));
        }
      }
    }
    if (largest < 0) {
      throw RawColumns.refused("found no feature in any row");
    }
    return largest;
  }

  private static int index(int row, String cell) {
    int colon = cell.indexOf(':');
    String text = colon < 0 ? "" : cell.substring(0, colon);
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw RawRows.refused(row, cell, ALLOWED);
    }
    int index = Integer.parseInt(text);
    if (index >= RawRows.MOST_FEATURES) {
      throw RawRows.refused(row, cell, ALLOWED);
    }
    return index;
  }
}
