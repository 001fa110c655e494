package io.fedflow.components.columns;

import io.fedflow.party.Party;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names under which feature columns may be spoken of at another party. */
public final class AnonymousNames {

  private AnonymousNames() {}

  /**
   * Feature name to anonymous name, in header order. A column that was not given one upstream is
   * called {@code <role>_<party>_x<position>}.
   */
  public static Map<String, String> of(TableSchema schema, Party party) {
    Map<String, String> names = new LinkedHashMap<>();
    for (ColumnSpec column : schema.columns()) {
      if (column.use() == ColumnSpec.Use.FEATURE) {
        names.put(
            column.name(),
            column.anonymousName().isEmpty()
                ? party.role() + "_" + party.id() + "_x" + names.size()
                : column.anonymousName());
      }
    }
    return names;
  }
}
