package io.fedflow.storage.parquet;

import io.fedflow.data.RawRows;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The rows of a file, as texts. Owns its session. Used by one thread at a time. */
final class FileRows implements TableSource {

  private final DuckSession session;
  private final Path file;
  private final FileColumns columns;
  private final RawRows rows;
  private Statement statement;
  private ResultSet cells;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @throws FedflowException {@code parquet.damaged}, {@code parquet.kind}, {@code parquet.id} or
   *     {@code parquet.column}
   */
  FileRows(DuckSession session, Path file, Layout layout) throws IOException {
    this.session = session;
    this.file = file;
    this.columns = FileColumns.of(session, file);
    this.rows = new RawRows("parquet", "file", columns.names(), layout);
    rows.requireId(columns.kinds());
  }

  @Override
  public TableSchema schema() {
    return rows.schema();
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
      while (!rows.full() && cells.next()) {
        String[] row = new String[columns.kinds().size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = text(i);
        }
        rows.add(row);
      }
      return rows.take();
    } catch (SQLException failed) {
      throw FileColumns.damaged(file, failed);
    }
  }

  private void begin() throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < columns.kinds().size(); i++) {
      sql.append(i == 0 ? "" : ", ");
      sql.append(FileKinds.expression(columns.kinds().get(i), Duck.name(columns.names().get(i))));
    }
    sql.append(" FROM read_parquet(").append(Duck.text(file.toString())).append(')');
    statement = session.connection().createStatement();
    cells = statement.executeQuery(sql.toString());
  }

  /** A cell as text; a missing one is null. */
  private String text(int column) throws SQLException {
    switch (columns.kinds().get(column)) {
      case DOUBLE -> {
        double value = cells.getDouble(column + 1);
        return cells.wasNull() ? null : RawRows.text(value);
      }
      case FLOAT -> {
        float value = cells.getFloat(column + 1);
        return cells.wasNull() ? null : RawRows.text(value);
      }
      default -> {
        return cells.getString(column + 1);
      }
    }
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
