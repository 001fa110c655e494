package io.fedflow.components.columns;

import io.fedflow.failure.ColumnException;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.List;

/**
 * Refusals of the columns that a table has at most one of each, named as the table names them.
 * Features are refused by {@link ColumnException#of(String, String, String)}. Stateless.
 */
public final class RefusedColumn {

  private RefusedColumn() {}

  /**
   * Refuses labels by the message {@code label <name>: <why>}.
   *
   * @param why what was found, and what is allowed
   */
  public static ColumnException label(String code, Table table, String why) {
    return refused(code, table, ColumnSpec.Use.LABEL, "label", why);
  }

  /** Refuses sample weights by the message {@code sample weight <name>: <why>}. */
  public static ColumnException weight(String code, Table table, String why) {
    return refused(code, table, ColumnSpec.Use.WEIGHT, "sample weight", why);
  }

  private static ColumnException refused(
      String code, Table table, ColumnSpec.Use use, String what, String why) {
    int at = table.schema().indexOf(use);
    String name = at < 0 ? "" : table.schema().columns().get(at).name();
    return ColumnException.of(
        code, List.of(name), what + (name.isEmpty() ? "" : ' ' + name) + ": " + why);
  }
}
