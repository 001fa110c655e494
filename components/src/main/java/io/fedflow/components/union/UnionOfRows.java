package io.fedflow.components.union;

import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import java.util.Arrays;
import java.util.List;

/** The rows of two tables of the same columns. Stateless. */
final class UnionOfRows {

  private UnionOfRows() {}

  /** The table with every id followed by where it comes from. */
  static Table renamed(DataInput input) {
    String[] ids =
        Arrays.stream(input.table().ids())
            .map(id -> id + '_' + input.source())
            .toArray(String[]::new);
    return new Table(input.table().schema(), ids, input.table().columns());
  }

  /**
   * Both tables' rows; of an id that both have, the first table's row.
   *
   * @param source where the second table comes from, for messages
   * @throws FedflowException {@code union.schema} (INVALID) if ids, labels or columns differ
   */
  static Table of(Table first, Table second, DataInput source) {
    TableSchema one = first.schema();
    TableSchema other = second.schema();
    same("kinds of rows", one.kind(), other.kind(), source);
    same("id names", one.idName(), other.idName(), source);
    same("label names", one.labelName(), other.labelName(), source);
    same("columns", names(one), names(other), source);
    same("uses of columns", uses(one), uses(other), source);
    same("columns of texts", texts(one), texts(other), source);
    return PredictionTables.union(first, second);
  }

  private static void same(String what, Object one, Object other, DataInput source) {
    if (!one.equals(other)) {
      throw FedflowException.invalid(
          "union.schema",
          what
              + ": found "
              + other
              + " in "
              + source.source()
              + ", allowed are the same as in the"
              + " tables before, "
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
}
