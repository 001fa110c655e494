package io.fedflow.components.union;

import io.fedflow.component.RowComponent.RowInput;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The rows of tables of the same columns, one table after the other. Of an id that several have,
 * the first one's row; in memory is which ids there were. Not thread-safe.
 */
final class UnionOfRows implements TableSource {

  private final Iterator<RowInput> rest;
  private final boolean keep;
  private final TableSchema schema;
  private final IdIndex known = new IdIndex();
  private TableSource rows;
  private String source;

  /**
   * A union.
   *
   * @param inputs at least one
   * @param keep whether every id is followed by where it comes from, so that none repeats
   */
  UnionOfRows(List<RowInput> inputs, boolean keep) throws IOException {
    this.rest = inputs.iterator();
    this.keep = keep;
    open();
    this.schema = rows.schema();
  }

  private void open() throws IOException {
    RowInput input = rest.next();
    source = input.source();
    rows = input.rows().open();
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  /**
   * {@inheritDoc}
   *
   * @throws FedflowException {@code union.schema} (INVALID) if ids, labels or columns differ
   */
  @Override
  public Optional<Table> next() throws IOException {
    while (true) {
      Optional<Table> group = rows.next();
      if (group.isEmpty()) {
        if (!rest.hasNext()) {
          return group;
        }
        rows.close();
        open();
        requireSame(rows.schema());
        continue;
      }
      Table kept = keep ? renamed(group.get()) : fresh(group.get());
      if (kept.rowCount() > 0) {
        return Optional.of(kept);
      }
    }
  }

  /** The group with every id followed by where it comes from. */
  private Table renamed(Table group) {
    String[] ids = Arrays.stream(group.ids()).map(id -> id + '_' + source).toArray(String[]::new);
    return new Table(schema, ids, group.columns());
  }

  private Table fresh(Table group) {
    int[] rowsOf = new int[group.rowCount()];
    int found = 0;
    for (int row = 0; row < rowsOf.length; row++) {
      if (known.add(group.ids()[row], 0)) {
        rowsOf[found++] = row;
      }
    }
    Table kept = found == rowsOf.length ? group : group.select(Arrays.copyOf(rowsOf, found));
    // Names that only parties see may differ; the first table's stay.
    return new Table(schema, kept.ids(), kept.columns());
  }

  private void requireSame(TableSchema other) {
    same("kinds of rows", schema.kind(), other.kind());
    same("id names", schema.idName(), other.idName());
    same("label names", schema.labelName(), other.labelName());
    same("columns", names(schema), names(other));
    same("uses of columns", uses(schema), uses(other));
    same("columns of texts", texts(schema), texts(other));
  }

  private void same(String what, Object one, Object other) {
    if (!one.equals(other)) {
      throw FedflowException.invalid(
          "union.schema",
          what
              + ": found "
              + other
              + " in "
              + source
              + ", allowed are the same as in the tables before, "
              + one);
    }
  }

  private static List<String> names(TableSchema schema) {
    return schema.columns().stream().map(ColumnSpec::name).toList();
  }

  private static List<ColumnSpec.Use> uses(TableSchema schema) {
    return schema.columns().stream().map(ColumnSpec::use).toList();
  }

  private static List<String> texts(TableSchema schema) {
    return schema.columns().stream()
        .filter(c -> c.type() == ColumnSpec.Type.TEXT)
        .map(ColumnSpec::name)
        .toList();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
