package io.fedflow.components.union;

import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of two tables, row by row. Stateless. */
final class UnionOfColumns {

  private UnionOfColumns() {}

  /**
   * Both tables' columns; label, weight and match id of the second only if the first has none.
   *
   * @param raise whether rows that only one table has are refused; otherwise they are dropped
   * @throws FedflowException {@code union.schema} if a column is in both or the kinds differ,
   *     {@code union.ids} if ids do not match (INVALID)
   */
  static Table of(Table first, DataInput input, boolean raise) {
    Table second = input.table();
    requireSameKind(first, input);
    List<String> overlap =
        first.schema().header().stream().filter(second.schema().header()::contains).toList();
    if (!overlap.isEmpty()) {
      throw FedflowException.invalid(
          "union.schema",
          "columns: found "
              + overlap
              + " of "
              + input.source()
              + " in the tables before, allowed are columns of other names");
    }
    Map<String, Integer> positions = new HashMap<>();
    for (int row = 0; row < second.rowCount(); row++) {
      positions.put(second.ids()[row], row);
    }
    List<Integer> left = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    for (int row = 0; row < first.rowCount(); row++) {
      Integer match = positions.get(first.ids()[row]);
      if (match != null) {
        left.add(row);
        right.add(match);
      }
    }
    if (raise && (left.size() != first.rowCount() || left.size() != second.rowCount())) {
      throw FedflowException.invalid(
          "union.ids",
          "ids: found "
              + left.size()
              + " in both of "
              + first.rowCount()
              + " rows before and "
              + second.rowCount()
              + " of "
              + input.source()
              + ", allowed are the same ids; or set unmatched_id to ignore");
    }
    return joined(select(first, left), select(second, right));
  }

  private static void requireSameKind(Table first, DataInput input) {
    if (first.schema().kind() != input.table().schema().kind()) {
      throw FedflowException.invalid(
          "union.schema",
          "kinds of rows: found "
              + input.table().schema().kind()
              + " in "
              + input.source()
              + ", allowed is the same as before, "
              + first.schema().kind());
    }
  }

  private static Table joined(Table first, Table second) {
    List<ColumnSpec> specs = new ArrayList<>(first.schema().columns());
    List<Column> columns = new ArrayList<>(first.columns());
    for (int i = 0; i < second.columns().size(); i++) {
      ColumnSpec spec = second.schema().columns().get(i);
      if (spec.use() == ColumnSpec.Use.FEATURE || first.schema().indexOf(spec.use()) < 0) {
        specs.add(spec);
        columns.add(second.column(i));
      }
    }
    return first.withColumns(specs, columns);
  }

  private static Table select(Table table, List<Integer> rows) {
    return table.select(rows.stream().mapToInt(Integer::intValue).toArray());
  }
}
