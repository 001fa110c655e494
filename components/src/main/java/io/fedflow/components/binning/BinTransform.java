package io.fedflow.components.binning;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;

/** Replaces values by their bin's index or weight of evidence. Stateless. */
final class BinTransform {

  private BinTransform() {}

  /**
   * The table with transformed columns; row order, ids and all other columns stay.
   *
   * @param type {@code bin_num}, {@code woe}, or empty for no change
   * @param columns the columns to transform
   * @throws FedflowException {@code binning.woe} (INVALID) if a column has no weights of evidence,
   *     {@code binning.missing} if a missing value meets a column that had none at training
   */
  static Table apply(Table table, BinningModel model, String type, List<String> columns) {
    if (type.isEmpty()) {
      return table;
    }
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> replaced = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnSpec spec = table.schema().columns().get(i);
      if (spec.use() != ColumnSpec.Use.FEATURE || !columns.contains(spec.name())) {
        specs.add(spec);
        replaced.add(table.column(i));
        continue;
      }
      int[] indexes = model.bins().get(spec.name()).indexesOf(table.numbers(spec.name()));
      boolean woe = type.equals(BinningParameters.WOE);
      specs.add(
          new ColumnSpec(
              spec.name(),
              woe ? ColumnSpec.Type.NUMBER : ColumnSpec.Type.INTEGER,
              spec.use(),
              spec.anonymousName()));
      replaced.add(new Column.Numbers(woe ? weights(model, spec.name(), indexes) : wide(indexes)));
    }
    return table.withColumns(specs, replaced);
  }

  /**
   * Checks that all columns have weights of evidence.
   *
   * @throws FedflowException {@code binning.woe} (INVALID) naming those that have none
   */
  static void requireWeights(BinningModel model, List<String> columns) {
    List<String> without = columns.stream().filter(c -> !model.own().containsKey(c)).toList();
    if (!without.isEmpty()) {
      throw ColumnException.of(
          "binning.woe",
          without,
          "transform_param.transform_type: found woe for columns "
              + without
              + " without weights of evidence; a host's columns never have them, allowed are"
              + " bin_num or null there");
    }
  }

  private static double[] weights(BinningModel model, String column, int[] indexes) {
    List<Double> woe = model.own().get(column).woe();
    double[] values = new double[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      if (indexes[i] >= woe.size()) {
        throw ColumnException.of(
            "binning.missing",
            column,
            "found a missing value, but training saw none and has no weight of evidence"
                + " for it; fill missing values first");
      }
      values[i] = woe.get(indexes[i]);
    }
    return values;
  }

  private static double[] wide(int[] indexes) {
    double[] values = new double[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      values[i] = indexes[i];
    }
    return values;
  }
}
