package io.fedflow.storage.parquet;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of a file, as texts. Owns its session. Used by one thread at a time. */
final class FileRows implements TableSource {

  private static final int GROUP_ROWS = 1 << 10;
  private static final int GROUP_CELLS = 1 << 17;

  private final DuckSession session;
  private final Path file;
  private final FileColumns columns;
  private final Layout layout;
  private final String salt = UUID.randomUUID().toString().replace("-", "");
  private final int groupRows;
  private Statement statement;
  private ResultSet cells;
  private int rows;
  private boolean closed;

  FileRows(DuckSession session, Path file, FileColumns columns, Layout layout) {
    this.session = session;
    this.file = file;
    this.columns = columns;
    this.layout = layout;
    this.groupRows =
        Math.max(1, Math.min(GROUP_ROWS, GROUP_CELLS / Math.max(1, columns.kinds().size())));
  }

  @Override
  public TableSchema schema() {
    return columns.schema();
  }

  /**
   * {@inheritDoc}
   *
   * @throws FedflowException (INVALID) {@code parquet.damaged}, {@code parquet.id}, {@code
   *     parquet.text}, {@code parquet.rows} or {@code parquet.empty}
   */
  @Override
  public Optional<Table> next() throws IOException {
    if (closed) {
      throw new IOException("the file is closed");
    }
    try {
      if (cells == null) {
        begin();
      }
      return group();
    } catch (SQLException failed) {
      throw FileColumns.damaged(file, failed);
    }
  }

  private void begin() throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < columns.kinds().size(); i++) {
      sql.append(i == 0 ? "" : ", ");
      sql.append(columns.kinds().get(i).expression(Duck.name(columns.names().get(i))));
    }
    sql.append(" FROM read_parquet(").append(Duck.text(file.toString())).append(')');
    statement = session.connection().createStatement();
    cells = statement.executeQuery(sql.toString());
  }

  private Optional<Table> group() throws SQLException {
    String[] ids = new String[groupRows];
    String[][] values = new String[columns.schema().columns().size()][groupRows];
    int filled = 0;
    while (filled < groupRows && cells.next()) {
      if (rows == TableWriter.MAX_ROWS) {
        throw FedflowException.invalid(
            "parquet.rows", "file: found more than " + rows + " rows, allowed " + rows);
      }
      row(ids, values, filled);
      filled++;
      rows++;
    }
    if (filled == 0) {
      if (rows == 0) {
        throw FedflowException.invalid(
            "parquet.empty", "file: found no row, a table needs at least one");
      }
      return Optional.empty();
    }
    List<Column> groups = new ArrayList<>(values.length);
    for (String[] column : values) {
      groups.add(new Column.Texts(Arrays.copyOf(column, filled)));
    }
    return Optional.of(new Table(columns.schema(), Arrays.copyOf(ids, filled), groups));
  }

  private void row(String[] ids, String[][] values, int at) throws SQLException {
    int id = columns.idColumn();
    if (id < 0) {
      ids[at] = layout.numberedIds() ? Integer.toString(rows) : salt + rows;
    }
    int to = 0;
    for (int i = 0; i < columns.kinds().size(); i++) {
      String text = text(i);
      if (i != id) {
        values[to++][at] = text;
      } else if (text.isBlank()) {
        throw FedflowException.invalid(
            "parquet.id",
            "file: row "
                + (rows + 1)
                + ": found an empty id in column '"
                + columns.names().get(i)
                + "', every row needs one");
      } else {
        ids[at] = text;
      }
    }
  }

  /** A cell as text; a missing one is empty. */
  private String text(int column) throws SQLException {
    switch (columns.kinds().get(column)) {
      case DOUBLE -> {
        double value = cells.getDouble(column + 1);
        return cells.wasNull() ? "" : new Column.Numbers(new double[] {value}).textAt(0);
      }
      case FLOAT -> {
        float value = cells.getFloat(column + 1);
        return cells.wasNull() ? "" : text(value);
      }
      default -> {
        String text = cells.getString(column + 1);
        return text == null ? "" : checked(text, column);
      }
    }
  }

  private static String text(float value) {
    boolean fraction = value != Math.rint(value) || Math.abs(value) >= 1e7;
    return fraction && !Float.isNaN(value)
        ? Float.toString(value)
        : new Column.Numbers(new double[] {value}).textAt(0);
  }

  /** Rows are shown and downloaded as lines of cells: no cell may hold what ends one. */
  private String checked(String text, int column) {
    boolean good = !text.contains(layout.delimiter());
    for (int i = 0; good && i < text.length(); i++) {
      good = text.charAt(i) != '\n' && text.charAt(i) != '\r' && text.charAt(i) != '\0';
    }
    if (!good) {
      throw FedflowException.invalid(
          "parquet.text",
          "file: row "
              + (rows + 1)
              + ", column '"
              + columns.names().get(column)
              + "': found a text with a line break, a zero or the delimiter '"
              + layout.delimiter()
              + "', allowed are texts without; name another delimiter");
    }
    return text;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (session) {
      if (cells != null) {
        cells.close();
      }
      if (statement != null) {
        statement.close();
      }
    } catch (SQLException failed) {
      throw DuckSession.failure(failed);
    }
  }
}
