package io.fedflow.components.union;

import io.fedflow.component.RowComponent.RowInput;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The columns of two tables, row by row in the first one's order: that one passes, the other one
 * waits in a temporary file. Not thread-safe.
 */
final class UnionOfColumns implements TableSource {

  private final TableSource first;
  private final SpilledRows second;
  private final String source;
  private final boolean raise;
  private final TableSchema schema;
  private final List<ColumnSpec> added;
  private long rowsBefore;
  private long matched;

  private UnionOfColumns(
      TableSource first, SpilledRows second, String source, boolean raise, List<ColumnSpec> added) {
    this.first = first;
    this.second = second;
    this.source = source;
    this.raise = raise;
    this.added = added;
    TableSchema before = first.schema();
    List<ColumnSpec> specs = new ArrayList<>(before.columns());
    specs.addAll(added);
    this.schema = new TableSchema(before.kind(), before.idName(), specs, before.delimiter());
  }

  /**
   * Both tables' columns; label, weight and match id of the second only if the first has none.
   *
   * @param first closed with the union
   * @param raise whether rows that only one table has are refused, after the last row; otherwise
   *     they are dropped
   * @param folder for the temporary file
   * @throws FedflowException {@code union.schema} (INVALID) if a column is in both or the kinds
   *     differ; while reading, {@code union.ids} if ids do not match
   */
  static TableSource of(TableSource first, RowInput input, boolean raise, Path folder)
      throws IOException {
    try (TableSource second = input.rows().open()) {
      require(first.schema(), second.schema(), input.source());
      List<ColumnSpec> specs = second.schema().columns();
      List<Integer> kept =
          IntStream.range(0, specs.size())
              .filter(
                  i ->
                      specs.get(i).use() == ColumnSpec.Use.FEATURE
                          || first.schema().indexOf(specs.get(i).use()) < 0)
              .boxed()
              .toList();
      return new UnionOfColumns(
          first,
          SpilledRows.of(second, kept, folder),
          input.source(),
          raise,
          kept.stream().map(specs::get).toList());
    }
  }

  private static void require(TableSchema first, TableSchema second, String source) {
    if (first.kind() != second.kind()) {
      throw FedflowException.invalid(
          "union.schema",
          "kinds of rows: found "
              + second.kind()
              + " in "
              + source
              + ", allowed is the same as before, "
              + first.kind());
    }
    List<String> overlap = first.header().stream().filter(second.header()::contains).toList();
    if (!overlap.isEmpty()) {
      throw ColumnException.of(
          "union.schema",
          overlap,
          "columns: found "
              + overlap
              + " of "
              + source
              + " in the tables before, allowed are columns of other names");
    }
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public Optional<Table> next() throws IOException {
    while (true) {
      Optional<Table> group = first.next();
      if (group.isEmpty()) {
        requireAllMatched();
        return group;
      }
      rowsBefore += group.get().rowCount();
      Table joined = joined(group.get());
      if (joined.rowCount() > 0) {
        return Optional.of(joined);
      }
    }
  }

  private Table joined(Table group) throws IOException {
    long[] places = new long[group.rowCount()];
    int[] rows = new int[group.rowCount()];
    int found = 0;
    for (int row = 0; row < rows.length; row++) {
      long place = second.find(group.ids()[row]);
      if (place != IdIndex.NONE) {
        places[found] = place;
        rows[found++] = row;
      }
    }
    matched += found;
    Table left =
        found == rows.length ? group : group.select(IntStream.of(rows).limit(found).toArray());
    List<Object> cells = new ArrayList<>();
    for (ColumnSpec spec : added) {
      cells.add(spec.type() == ColumnSpec.Type.TEXT ? new String[found] : new double[found]);
    }
    for (int i = 0; i < found; i++) {
      second.read(places[i], cells, i);
    }
    List<Column> columns = new ArrayList<>(left.columns());
    for (Object values : cells) {
      columns.add(
          values instanceof String[] texts
              ? new Column.Texts(texts)
              : new Column.Numbers((double[]) values));
    }
    return new Table(schema, left.ids(), columns);
  }

  private void requireAllMatched() {
    if (raise && (matched != rowsBefore || matched != second.rowCount())) {
      throw FedflowException.invalid(
          "union.ids",
          "ids: found "
              + matched
              + " in both of "
              + rowsBefore
              + " rows before and "
              + second.rowCount()
              + " of "
              + source
              + ", allowed are the same ids; or set unmatched_id to ignore");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      first.close();
    } finally {
      second.close();
    }
  }
}
