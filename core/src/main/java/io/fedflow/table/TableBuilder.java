package io.fedflow.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts groups of rows together in memory. Not thread-safe. */
final class TableBuilder {

  private final TableSchema schema;
  private String[] ids = {};
  private final List<Object> columns = new ArrayList<>();
  private int rows;

  TableBuilder(TableSchema schema) {
    this.schema = schema;
    for (ColumnSpec spec : schema.columns()) {
      columns.add(spec.type() == ColumnSpec.Type.TEXT ? new String[0] : new double[0]);
    }
  }

  int rowCount() {
    return rows;
  }

  /**
   * Adds rows.
   *
   * @param count how many of the group, from its first
   */
  void add(Table group, int count) {
    int needed = Math.addExact(rows, count);
    if (needed > ids.length) {
      grow(
          rows == 0
              ? needed
              : (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, rows * 3L / 2)));
    }
    System.arraycopy(group.ids(), 0, ids, rows, count);
    for (int i = 0; i < columns.size(); i++) {
      Object values =
          group.column(i) instanceof Column.Texts texts
              ? texts.values()
              : ((Column.Numbers) group.column(i)).values();
      System.arraycopy(values, 0, columns.get(i), rows, count);
    }
    rows = needed;
  }

  Table build() {
    if (rows < ids.length) {
      grow(rows);
    }
    List<Column> built = new ArrayList<>();
    for (Object values : columns) {
      built.add(
          values instanceof String[] texts
              ? new Column.Texts(texts)
              : new Column.Numbers((double[]) values));
    }
    return new Table(schema, ids, built);
  }

  private void grow(int length) {
    ids = Arrays.copyOf(ids, length);
    columns.replaceAll(
        values ->
            values instanceof String[] texts
                ? Arrays.copyOf(texts, length)
                : Arrays.copyOf((double[]) values, length));
  }
}
