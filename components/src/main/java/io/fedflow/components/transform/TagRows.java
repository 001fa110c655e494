package io.fedflow.components.transform;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads rows of tags, with or without values. Features are all tags of the table, sorted as texts.
 * A tag that a row lacks is 0, or a missing value if missing values are replaced and tags have
 * values. Source: FATE 1.11, federatedml/util/data_transform.py.
 */
final class TagRows {

  private static final String ABSENT = "0";
  private static final String PRESENT = "1";
  private static final String MISSING = "";

  private TagRows() {}

  /**
   * The columns of a table.
   *
   * @param header the tags of a model, beside which others are left out; null to learn them
   * @throws FedflowException {@code transform.input}, {@code transform.cell} or {@code
   *     transform.wide} (INVALID)
   */
  static RawColumns read(Table table, TransformSettings settings, List<String> header) {
    RawRows rows = RawRows.of(table, settings.delimiter());
    RowLayout layout = settings.layout();
    FrontCells front =
        FrontCells.of(rows.count(), settings.matchId().isPresent(), settings.label().isPresent());
    List<String> names = header != null ? header : tags(rows, layout, front.width());
    rows.requireRoom(names.size());
    String absent = layout.tagsWithValues() && settings.missing().active() ? MISSING : ABSENT;
    Map<String, String[]> columns = new HashMap<>();
    for (String name : names) {
      String[] column = new String[rows.count()];
      Arrays.fill(column, absent);
      columns.put(name, column);
    }
    for (int row = 0; row < rows.count(); row++) {
      String[] cells = rows.cells(row);
      front.take(row, cells);
      for (int i = front.width(); i < cells.length; i++) {
        if (!cells[i].isEmpty()) {
          int end = endOfTag(row, cells[i], layout);
          String[] column = columns.get(cells[i].substring(0, end));
          if (column != null) {
            column[row] =
                layout.tagsWithValues()
                    ? cells[i].substring(end + layout.tagDelimiter().length())
                    : PRESENT;
          }
        }
      }
    }
    return RawColumns.of(names, columns, front);
  }

  private static List<String> tags(RawRows rows, RowLayout layout, int front) {
    TreeSet<String> tags = new TreeSet<>();
    for (int row = 0; row < rows.count(); row++) {
      String[] cells = rows.cells(row);
      for (int i = front; i < cells.length; i++) {
        if (!cells[i].isEmpty()) {
          tags.add(cells[i].substring(0, endOfTag(row, cells[i], layout)));
        }
      }
      rows.requireRoom(tags.size());
    }
    if (tags.isEmpty()) {
      throw RawColumns.refused("found no tag in any row");
    }
    return List.copyOf(tags);
  }

  private static int endOfTag(int row, String cell, RowLayout layout) {
    if (!layout.tagsWithValues()) {
      return cell.length();
    }
    int end = cell.indexOf(layout.tagDelimiter());
    if (end < 1) {
      throw RawRows.refused(
          row, cell, "a tag, '" + layout.tagDelimiter() + "' and a value; see tag_value_delimitor");
    }
    return end;
  }
}
