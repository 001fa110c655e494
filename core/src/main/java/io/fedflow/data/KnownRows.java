package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Rows that are read group by group of a table that may go meanwhile: whatever fails, it is asked
 * first whether the table is still there. Used by one thread at a time.
 */
final class KnownRows implements TableSource {

  private final TableSource rows;
  private final UnaryOperator<Exception> explained;

  /**
   * Rows of a table.
   *
   * @param rows closed with these
   * @param explained gives what to tell of a failure, which may be the failure itself
   */
  KnownRows(TableSource rows, UnaryOperator<Exception> explained) {
    this.rows = rows;
    this.explained = explained;
  }

  @Override
  public TableSchema schema() {
    return rows.schema();
  }

  @Override
  public Optional<Table> next() throws IOException {
    try {
      return rows.next();
    } catch (IOException | FedflowException failed) {
      Exception told = explained.apply(failed);
      if (told instanceof IOException unreadable) {
        throw unreadable;
      }
      throw (RuntimeException) told;
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
