package io.fedflow.components.columns;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;

/** Brings a table to the feature columns that a model was trained with. */
public final class TrainedColumns {

  private TrainedColumns() {}

  /**
   * The table with exactly the trained columns in trained order. Further features are dropped;
   * label, weight and match id stay.
   *
   * @param table rows to apply a model to
   * @param header the feature columns at training
   * @throws FedflowException {@code columns.missing} (INVALID) if the table lacks some
   */
  public static Table align(Table table, List<String> header) {
    if (table.schema().header().equals(header)) {
      return table;
    }
    List<String> missing =
        header.stream().filter(name -> table.schema().indexOf(name) < 0).toList();
    if (!missing.isEmpty()) {
      throw ColumnException.of(
              "columns.missing",
              missing,
              "the model was trained with columns that the table lacks: "
                  + missing
                  + "; the table has "
                  + table.schema().header())
          .calling(name -> "number " + (header.indexOf(name) + 1) + " of the model");
    }
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.schema().columns().get(i).use() != ColumnSpec.Use.FEATURE) {
        specs.add(table.schema().columns().get(i));
        columns.add(table.column(i));
      }
    }
    for (String name : header) {
      int at = table.schema().indexOf(name);
      specs.add(table.schema().columns().get(at));
      columns.add(table.column(at));
    }
    return table.withColumns(specs, columns);
  }
}
