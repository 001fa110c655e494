package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.ColumnSpec.Use;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * How long or how much of a row was observed, which multiplies what is expected of it. It is a
 * column of the guest, and no feature: it stands where sample weights would, which this family has
 * not, so it follows the rows wherever they are sorted. Stateless.
 */
final class Exposure {

  static final String PARAMETER = "exposure_colname";

  /** What counts instead of no exposure at all, as in FATE. */
  private static final double LEAST = 1e-7;

  private Exposure() {}

  /**
   * The table with the column in its place, and without sample weights. Without the column every
   * row has exposure 1, as in FATE.
   *
   * @throws FedflowException {@code poisson.exposure} (INVALID) if the column is no numeric feature
   */
  static Table of(TaskContext context, Table table) {
    if (table.weight() != null) {
      context.log().warning("sample weights are of no effect on HeteroPoisson, as in FATE");
    }
    String name = context.params().isNull(PARAMETER) ? null : context.params().text(PARAMETER);
    int at = name == null ? -1 : table.schema().indexOf(name);
    if (name != null && at < 0) {
      context
          .log()
          .warning(
              PARAMETER
                  + ": found "
                  + name
                  + ", which is no column here: every row has exposure 1");
    }
    if (at >= 0
        && (table.schema().columns().get(at).use() != Use.FEATURE
            || !(table.column(at) instanceof Column.Numbers))) {
      throw FedflowException.invalid(
          "poisson.exposure",
          PARAMETER + ": found " + name + ", allowed are " + table.schema().header());
    }
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnSpec spec = table.schema().columns().get(i);
      if (spec.use() != Use.WEIGHT) {
        specs.add(i == at ? new ColumnSpec(spec.name(), spec.type(), Use.WEIGHT, "") : spec);
        columns.add(table.column(i));
      }
    }
    return table.withColumns(specs, columns);
  }

  /**
   * Logarithms of the exposure of rows that {@link #of} prepared; zeros without a column.
   *
   * @throws FedflowException {@code poisson.exposure} (INVALID) if one is negative or missing
   */
  static double[] offsets(Table table) {
    double[] exposure = table.weight();
    double[] offsets = new double[table.rowCount()];
    for (int i = 0; exposure != null && i < offsets.length; i++) {
      if (!(exposure[i] >= 0) || Double.isInfinite(exposure[i])) {
        throw FedflowException.invalid(
            "poisson.exposure",
            PARAMETER
                + ": found a negative, missing or infinite exposure, allowed are numbers from 0");
      }
      offsets[i] = Math.log(exposure[i] == 0 ? LEAST : exposure[i]);
    }
    return offsets;
  }
}
