package io.fedflow.components.union;

import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.Optional;

/** Rows that are counted while they pass. Not thread-safe. */
final class CountedRows implements TableSource {

  private final TableSource rows;
  private int count;

  CountedRows(TableSource rows) {
    this.rows = rows;
  }

  /** How many passed. */
  int count() {
    return count;
  }

  @Override
  public TableSchema schema() {
    return rows.schema();
  }

  @Override
  public Optional<Table> next() throws IOException {
    Optional<Table> group = rows.next();
    group.ifPresent(passing -> count += passing.rowCount());
    return group;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
