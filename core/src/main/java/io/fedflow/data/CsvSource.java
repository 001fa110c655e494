package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.table.TableWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The rows of delimited text, in the memory of some hundred of them: ids may repeat, so a source
 * tells every id to a listener, and leaves out the rows it is told to.
 */
final class CsvSource implements TableSource {

  /** Groups fit a processor's cache. */
  private static final int GROUP_ROWS = 1 << 10;

  private static final int GROUP_CHARS = 1 << 17;

  private final InputStream in;
  private final CsvFormat format;
  private final CsvLines lines;
  private final IdListener listener;
  private final BitSet leftOut;
  private final String salt = UUID.randomUUID().toString().replace("-", "");
  private final TableSchema schema;
  private String waiting;
  private int rows;

  /** Hears the ids of all rows in order, left out or not. */
  interface IdListener {
    /** An id; the last call is followed by {@link #end}. */
    void id(String id) throws IOException;

    /** There are no more. */
    void end() throws IOException;
  }

  /**
   * Begins a text; the source closes its stream.
   *
   * @param leftOut the numbers of rows that do not appear, from 0
   */
  CsvSource(InputStream in, CsvFormat format, IdListener listener, BitSet leftOut)
      throws IOException {
    this.in = in;
    this.format = format;
    this.lines = new CsvLines(in);
    this.listener = listener;
    this.leftOut = leftOut;
    String first = lines.next();
    if (first == null) {
      throw empty();
    }
    if (format.header()) {
      schema = schema(split(first));
    } else {
      schema = new TableSchema(TableKind.RAW, "", List.of(ColumnSpec.text("")), format.delimiter());
      waiting = first;
    }
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  /**
   * {@inheritDoc}
   *
   * @throws FedflowException {@code csv.empty}, {@code csv.ragged}, {@code csv.id}, {@code
   *     csv.encoding} or {@code csv.line}, naming the line
   */
  @Override
  public Optional<Table> next() throws IOException {
    Group group = new Group(schema.columns().size());
    while (!group.full()) {
      String line = waiting == null ? lines.next() : waiting;
      waiting = null;
      if (line == null) {
        if (rows == 0) {
          throw empty();
        }
        listener.end();
        break;
      }
      row(line, group);
    }
    return group.rows == 0 ? Optional.empty() : Optional.of(group.table(schema));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean ownIds() {
    return format.id() == CsvFormat.RowId.FIRST_COLUMN;
  }

  private TableSchema schema(List<String> names) {
    List<String> stripped = names.stream().map(String::strip).toList();
    List<String> header = ownIds() ? stripped.subList(1, stripped.size()) : stripped;
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw FedflowException.invalid(
            "csv.header", "line 1: column '" + name + "' found twice; column names must differ");
      }
    }
    return new TableSchema(
        TableKind.RAW,
        ownIds() ? stripped.get(0) : "extend_sid",
        header.stream().map(ColumnSpec::text).toList(),
        format.delimiter());
  }

  private void row(String line, Group group) throws IOException {
    List<String> cells = cells(line);
    String id = ownIds() ? cells.get(0) : generatedId();
    if (id.isBlank()) {
      throw FedflowException.invalid(
          "csv.id", "line " + lines.number() + ": found an empty id, every row needs one");
    }
    if (ownIds()) {
      listener.id(id);
    }
    if (rows == TableWriter.MAX_ROWS) {
      throw FedflowException.invalid(
          "csv.rows",
          "line " + lines.number() + ": found more than " + rows + " rows, allowed " + rows);
    }
    if (!leftOut.get(rows)) {
      group.add(id, cells, ownIds() ? 1 : 0, line.length());
    }
    rows++;
  }

  /** The id, if it stands in the line, and one cell for each column. */
  private List<String> cells(String line) {
    if (format.header()) {
      List<String> cells = split(line);
      int expected = schema.columns().size() + (ownIds() ? 1 : 0);
      if (cells.size() != expected) {
        throw FedflowException.invalid(
            "csv.ragged",
            "line "
                + lines.number()
                + ": found "
                + cells.size()
                + " cells, the header has "
                + expected);
      }
      return cells;
    }
    if (!ownIds()) {
      return List.of(line);
    }
    int cut = line.indexOf(format.delimiter());
    return cut < 0
        ? List.of(line, "")
        : List.of(line.substring(0, cut), line.substring(cut + format.delimiter().length()));
  }

  private String generatedId() {
    return format.id() == CsvFormat.RowId.GENERATED ? salt + rows : Integer.toString(rows);
  }

  /** Splits at every delimiter, keeping empty cells. */
  private List<String> split(String line) {
    String delimiter = format.delimiter();
    List<String> cells = new ArrayList<>(schema == null ? 10 : schema.columns().size() + 1);
    int from = 0;
    for (int at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, from)) {
      cells.add(line.substring(from, at));
      from = at + delimiter.length();
    }
    cells.add(line.substring(from));
    return cells;
  }

  private FedflowException empty() {
    return FedflowException.invalid(
        "csv.empty",
        "the file has no data row; it needs "
            + (format.header() ? "a header line and " : "")
            + "at least one row");
  }

  /** Rows on their way into a table. */
  private static final class Group {

    private final String[] ids = new String[GROUP_ROWS];
    private final String[][] columns;
    private int rows;
    private int chars;

    Group(int width) {
      columns = new String[width][GROUP_ROWS];
    }

    /**
     * Adds a row.
     *
     * @param first where in the cells the first column stands
     * @param length how long the line was
     */
    void add(String id, List<String> cells, int first, int length) {
      ids[rows] = id;
      for (int i = 0; i < columns.length; i++) {
        columns[i][rows] = cells.get(first + i);
      }
      rows++;
      chars += length;
    }

    boolean full() {
      return rows == GROUP_ROWS || chars >= GROUP_CHARS;
    }

    Table table(TableSchema schema) {
      List<Column> values = new ArrayList<>(columns.length);
      for (String[] column : columns) {
        values.add(new Column.Texts(Arrays.copyOf(column, rows)));
      }
      return new Table(schema, Arrays.copyOf(ids, rows), values);
    }
  }
}
