package io.fedflow.storage.jdbc;

import io.fedflow.data.CellKind;
import io.fedflow.data.RawRows;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.SqlTables.Source;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of one query, in the batches of a cursor. Owns its connection. Not thread-safe. */
final class JdbcRows implements TableSource {

  /** Cells that a batch has at most; the driver holds a batch in memory. */
  private static final int BATCH_CELLS = 1 << 16;

  private static final int BATCH_ROWS = 1_000;

  private final Connection connection;
  private final Source source;
  private final long deadline;
  private final PreparedStatement statement;
  private final ResultSet cells;
  private final List<CellKind> kinds = new ArrayList<>();
  private final RawRows rows;
  private boolean closed;

  /**
   * Sends the query.
   *
   * @throws FedflowException {@code sql.kind}, {@code sql.column} or {@code sql.id}
   */
  JdbcRows(Connection connection, Source source, Layout layout) throws SQLException {
    this.connection = connection;
    this.source = source;
    this.deadline = System.nanoTime() + source.patience().toNanos();
    this.statement = connection.prepareStatement(query(source, layout));
    statement.setQueryTimeout((int) Math.max(1, source.patience().toSeconds()));
    List<String> names = new ArrayList<>();
    ResultSetMetaData columns = statement.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
      kinds.add(SqlKinds.of(columns.getColumnLabel(i), columns.getColumnTypeName(i)));
    }
    this.rows = new RawRows("sql", "table", names, layout);
    rows.requireId(kinds);
    statement.setFetchSize(Math.max(1, Math.min(BATCH_ROWS, BATCH_CELLS / names.size())));
    this.cells = statement.executeQuery();
  }

  private static String query(Source source, Layout layout) {
    String columns =
        source.columns().isEmpty()
            ? "*"
            : Stream.concat(layout.idColumn().stream(), source.columns().stream())
                .distinct()
                .map(JdbcRows::quoted)
                .collect(Collectors.joining(", "));
    String table =
        Stream.of(source.table().split("\\.", -1))
            .map(JdbcRows::quoted)
            .collect(Collectors.joining("."));
    return "SELECT " + columns + " FROM " + table;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public TableSchema schema() {
    return rows.schema();
  }

  @Override
  public Optional<Table> next() throws IOException {
    if (closed) {
      throw new IOException("the table of the database is closed");
    }
    try {
      while (!rows.full() && cells.next()) {
        String[] row = new String[kinds.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = SqlKinds.text(kinds.get(i), cells, i + 1);
        }
        rows.add(row);
      }
      if (System.nanoTime() - deadline > 0) {
        throw JdbcFailures.timeout(source);
      }
      return rows.take();
    } catch (SQLException failed) {
      throw JdbcFailures.of(source, failed);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      // Ends cursor and transaction, too.
      connection.close();
    } catch (SQLException failed) {
      throw new IOException("the connection to the database did not close", failed);
    }
  }
}
