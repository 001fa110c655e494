package io.fedflow.storage.parquet;

import java.io.IOException;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/**
 * The rows of a query in batches: pieces of DuckDB's own ones, so that wide rows take no more heap
 * than narrow ones. Not thread-safe.
 */
final class Batches implements AutoCloseable {

  private static final int CELLS = 1 << 18;

  private final DuckDBPreparedStatement statement;
  private final DuckDBChunkedResult result;
  private final int most;
  private DuckDBDataChunkReader chunk;
  private int first;
  private int size;

  private Batches(DuckDBPreparedStatement statement, DuckDBChunkedResult result, int most) {
    this.statement = statement;
    this.result = result;
    this.most = most;
  }

  /**
   * Begins a query.
   *
   * @param width how many columns it is expected to have
   * @throws IOException with the first line of what DuckDB said
   */
  static Batches of(DuckSession session, String sql, int width) throws IOException {
    DuckDBPreparedStatement statement = null;
    try {
      statement = session.connection().prepare(sql);
      return new Batches(statement, statement.query(), Math.max(1, CELLS / width));
    } catch (SQLException failed) {
      if (statement != null) {
        try {
          statement.close();
        } catch (SQLException further) {
          failed.addSuppressed(further);
        }
      }
      throw DuckSession.failure(failed);
    }
  }

  int columns() {
    return (int) result.columnCount();
  }

  /**
   * Moves to the next rows; false at the end, which is also what the library says when it fails in
   * the middle: who reads has to know how many rows there are.
   */
  boolean advance() {
    first += size;
    size = 0;
    while (chunk == null || first >= chunk.rowCount()) {
      if (!result.nextChunk()) {
        return false;
      }
      chunk = result.chunk();
      first = 0;
    }
    size = (int) Math.min(most, chunk.rowCount() - first);
    return true;
  }

  /** Where in the vectors the rows begin. */
  int first() {
    return first;
  }

  /** How many rows there are. */
  int size() {
    return size;
  }

  DuckDBReadableVector column(int index) {
    return chunk.vector(index);
  }

  @Override
  public void close() throws IOException {
    try (statement) {
      result.close();
    } catch (SQLException failed) {
      throw DuckSession.failure(failed);
    }
  }
}
