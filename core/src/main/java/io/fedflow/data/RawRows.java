package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes groups of a raw table out of rows that have columns with names: picks or makes the ids, and
 * refuses what could not be shown and downloaded as a line of cells. Not thread-safe.
 */
public final class RawRows {

  private static final int MOST_COLUMNS = 1 << 16;
  private static final int MOST_SHOWN = 20;
  private static final int GROUP_ROWS = 1 << 10;
  private static final int GROUP_CELLS = 1 << 17;
  private static final float MOST_EXACT_FLOAT = 1e7f;

  private final String code;
  private final String subject;
  private final List<String> names;
  private final Layout layout;
  private final int id;
  private final TableSchema schema;
  private final String salt = UUID.randomUUID().toString().replace("-", "");
  private final int groupRows;
  private String[] ids;
  private String[][] values;
  private int filled;
  private int rows;

  /**
   * Rows of these columns.
   *
   * @param code what the codes of refusals begin with, such as {@code parquet}
   * @param subject what refusals are about, such as {@code file}
   * @param names of the columns
   * @throws FedflowException (INVALID) {@code <code>.column} if names cannot stand in a header,
   *     {@code <code>.id} if the column of the ids is not there
   */
  public RawRows(String code, String subject, List<String> names, Layout layout) {
    this.code = code;
    this.subject = subject;
    this.names = List.copyOf(names);
    this.layout = layout;
    if (names.isEmpty() || names.size() > MOST_COLUMNS) {
      throw refusal("column", "found " + names.size() + " columns, allowed 1.." + MOST_COLUMNS);
    }
    names.forEach(this::checkName);
    this.id = layout.generatedIds() ? -1 : idColumn();
    List<String> header = new ArrayList<>(names);
    if (id >= 0) {
      header.remove(id);
    }
    this.schema =
        new TableSchema(
            TableKind.RAW,
            id < 0 ? "extend_sid" : names.get(id),
            header.stream().map(ColumnSpec::text).toList(),
            layout.delimiter());
    this.groupRows = Math.max(1, Math.min(GROUP_ROWS, GROUP_CELLS / names.size()));
    clear();
  }

  private void checkName(String name) {
    if (name.isBlank() || !fits(name)) {
      throw refusal(
          "column",
          "found a column of the name '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "', allowed are names that are not empty, without line breaks and without the"
              + " delimiter '"
              + layout.delimiter()
              + "'");
    }
  }

  private int idColumn() {
    if (layout.idColumn().isEmpty()) {
      return 0;
    }
    int found = names.indexOf(layout.idColumn().get());
    if (found < 0) {
      throw refusal(
          "id",
          "found no column '"
              + layout.idColumn().get()
              + "' for the ids; there are "
              + names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
              + (names.size() > MOST_SHOWN ? " and " + (names.size() - MOST_SHOWN) + " more" : ""));
    }
    return found;
  }

  /**
   * Tells whether rows can be told apart by the column of the ids.
   *
   * @param kinds what the columns hold
   * @throws FedflowException {@code <code>.id} if not
   */
  public void requireId(List<CellKind> kinds) {
    if (id >= 0 && !kinds.get(id).identifies()) {
      throw refusal(
          "id",
          "found no id: column '"
              + names.get(id)
              + "' holds "
              + kinds.get(id).words()
              + ", an id is a text or a whole number; name another column, or let ids be made by"
              + " extend_sid");
    }
  }

  /** The schema of all groups. */
  public TableSchema schema() {
    return schema;
  }

  /** Whether the group is large enough to be taken. */
  public boolean full() {
    return filled == groupRows;
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column; null is missing
   * @throws FedflowException {@code <code>.id}, {@code <code>.text} or {@code <code>.rows}, naming
   *     row and column
   */
  public void add(String[] cells) {
    if (rows == TableWriter.MAX_ROWS) {
      throw refusal("rows", "found more than " + rows + " rows, allowed " + rows);
    }
    int to = 0;
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i] == null ? "" : cells[i];
      if (!fits(cell)) {
        throw refusal(
            "text",
            at(i)
                + "found a text with a line break, a zero or the delimiter '"
                + layout.delimiter()
                + "', allowed are texts without; name another delimiter");
      }
      if (i != id) {
        values[to++][filled] = cell;
      } else if (cell.isBlank()) {
        throw refusal("id", at(i) + "found an empty id, every row needs one");
      } else {
        ids[filled] = cell;
      }
    }
    if (id < 0) {
      ids[filled] = layout.numberedIds() ? Integer.toString(rows) : salt + rows;
    }
    filled++;
    rows++;
  }

  private String at(int column) {
    return "row " + (rows + 1) + ", column '" + names.get(column) + "': ";
  }

  private boolean fits(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char each = cell.charAt(i);
      if (each == '\n' || each == '\r' || each == '\0') {
        return false;
      }
    }
    return !cell.contains(layout.delimiter());
  }

  /**
   * Takes the rows that were added since the last time; empty if there are none.
   *
   * @throws FedflowException {@code <code>.empty} if there was never one
   */
  public Optional<Table> take() {
    if (rows == 0) {
      throw refusal("empty", "found no row, a table needs at least one");
    }
    if (filled == 0) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(values.length);
    for (String[] column : values) {
      columns.add(new Column.Texts(Arrays.copyOf(column, filled)));
    }
    Table group = new Table(schema, Arrays.copyOf(ids, filled), columns);
    clear();
    return Optional.of(group);
  }

  private void clear() {
    ids = new String[groupRows];
    values = new String[schema.columns().size()][groupRows];
    filled = 0;
  }

  private FedflowException refusal(String kind, String what) {
    return FedflowException.invalid(code + '.' + kind, subject + ": " + what);
  }

  /** A number as text: whole ones without a fraction, NaN is missing. */
  public static String text(double value) {
    return new Column.Numbers(new double[] {value}).textAt(0);
  }

  /** A number of 32 bits as text, with no more digits than it has. */
  public static String text(float value) {
    boolean fraction = value != (float) Math.rint(value) || Math.abs(value) >= MOST_EXACT_FLOAT;
    return fraction && !Float.isNaN(value) ? Float.toString(value) : text((double) value);
  }
}
