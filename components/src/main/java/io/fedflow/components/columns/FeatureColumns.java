package io.fedflow.components.columns;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads and replaces single feature columns of instances. Stateless; thread-safe. */
public final class FeatureColumns {

  private FeatureColumns() {}

  /**
   * Checks that a table holds instances.
   *
   * @param module for the message
   * @return the table
   * @throws FedflowException {@code inputs.kind} (INVALID) for raw rows or predictions
   */
  public static Table requireInstances(Table table, String module) {
    if (table.schema().kind() != TableKind.INSTANCE) {
      throw FedflowException.invalid(
          "inputs.kind",
          module
              + ": found a "
              + table.schema().kind()
              + " table, allowed is an INSTANCE table, as DataTransform hands it on");
    }
    return table;
  }

  /**
   * The values of a numeric column; NaN is a missing value; not to be changed.
   *
   * @throws FedflowException {@code columns.text} (INVALID) if the column is of texts
   */
  public static double[] numbers(Table table, String column) {
    if (table.column(table.schema().indexOf(column)) instanceof Column.Numbers numbers) {
      return numbers.values();
    }
    throw ColumnException.of(
        "columns.text",
        column,
        "found texts, allowed are numbers; choose another data_type for it");
  }

  /**
   * The values of all features; NaN is a missing value.
   *
   * @return shape [columns][rows]; not to be changed
   * @throws FedflowException {@code features.missing} (INVALID) naming the columns that are of
   *     texts
   */
  public static double[][] allNumbers(Table table) {
    List<String> header = table.schema().header();
    double[][] features = table.features();
    if (features.length == header.size()) {
      return features;
    }
    List<String> texts =
        header.stream()
            .filter(name -> table.column(table.schema().indexOf(name)) instanceof Column.Texts)
            .toList();
    throw ColumnException.of(
        "features.missing",
        texts,
        "features: found columns of texts "
            + texts
            + "; transform the data into numbers first (DataTransform)");
  }

  /**
   * Refuses a column of which nothing can be learned.
   *
   * @param values not changed
   * @throws FedflowException {@code columns.empty} (INVALID) if every value is missing
   */
  public static void requirePresent(String column, double[] values) {
    if (Arrays.stream(values).allMatch(Double::isNaN)) {
      throw ColumnException.of(
          "columns.empty",
          column,
          "found "
              + values.length
              + " rows without any value, allowed is at least one that is not missing");
    }
  }

  /**
   * The table with other values in some feature columns; names, anonymous names and all other
   * columns stay.
   *
   * @param columns name to values, one per row; numeric columns become columns of type NUMBER
   */
  public static Table replace(Table table, Map<String, Column> columns) {
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnSpec spec = table.schema().columns().get(i);
      Column replaced = spec.use() == ColumnSpec.Use.FEATURE ? columns.get(spec.name()) : null;
      specs.add(
          replaced instanceof Column.Numbers
              ? new ColumnSpec(
                  spec.name(), ColumnSpec.Type.NUMBER, spec.use(), spec.anonymousName())
              : spec);
      values.add(replaced == null ? table.column(i) : replaced);
    }
    return table.withColumns(specs, values);
  }
}
