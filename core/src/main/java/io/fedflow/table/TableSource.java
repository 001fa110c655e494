package io.fedflow.table;

import java.io.IOException;
import java.util.Optional;

/**
 * The rows of a table, group by group, for tables that may be larger than memory. Read once, by one
 * thread; blocking.
 */
public interface TableSource extends AutoCloseable {

  /** What the table holds; the same for every group. */
  TableSchema schema();

  /**
   * The next rows, at least one; empty at the end.
   *
   * @throws io.fedflow.failure.FedflowException if the rows turn out to be no table
   */
  Optional<Table> next() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * The first rows in memory.
   *
   * @param most how many at most, if there are so many
   */
  default Table collect(int most) throws IOException {
    TableBuilder rows = new TableBuilder(schema());
    while (rows.rowCount() < most) {
      Optional<Table> group = next();
      if (group.isEmpty()) {
        break;
      }
      rows.add(group.get(), Math.min(group.get().rowCount(), most - rows.rowCount()));
    }
    return rows.build();
  }

  /**
   * The same rows under a schema with other names.
   *
   * @param names of as many columns, of the same types
   */
  default TableSource renamed(TableSchema names) {
    TableSource rows = this;
    return new TableSource() {

      @Override
      public TableSchema schema() {
        return names;
      }

      @Override
      public Optional<Table> next() throws IOException {
        return rows.next().map(group -> new Table(names, group.ids(), group.columns()));
      }

      @Override
      public void close() throws IOException {
        rows.close();
      }
    };
  }

  /** The rows of a table in memory, as one group. */
  static TableSource of(Table table) {
    return new TableSource() {

      private boolean given = table.rowCount() == 0;

      @Override
      public TableSchema schema() {
        return table.schema();
      }

      @Override
      public Optional<Table> next() {
        Optional<Table> group = given ? Optional.empty() : Optional.of(table);
        given = true;
        return group;
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
