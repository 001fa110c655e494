package io.fedflow.benchmarks.components;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** Rows as texts, as an upload keeps them. Stateless. */
final class SyntheticTexts {

  private static final double DIGITS = 1e4;

  private SyntheticTexts() {}

  /** A text for each cell; features have four digits after the point. */
  static Table cells(Table rows) {
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      specs.add(ColumnSpec.text(rows.schema().columns().get(i).name()));
      String[] texts = new String[rows.rowCount()];
      Column.Numbers numbers = rounded((Column.Numbers) rows.column(i));
      for (int row = 0; row < texts.length; row++) {
        texts[row] = numbers.textAt(row);
      }
      columns.add(new Column.Texts(texts));
    }
    return new Table(new TableSchema(TableKind.RAW, "id", specs, ","), rows.ids(), columns);
  }

  /**
   * A line for each row: its label, if it has one, then every other feature as {@code name:value}.
   *
   * @param prefix of the names, which go on with a column's number
   */
  static Table lines(Table rows, String prefix) {
    double[] labels = rows.label();
    double[][] features = rows.features();
    String[] lines = new String[rows.rowCount()];
    for (int row = 0; row < lines.length; row++) {
      StringBuilder line = new StringBuilder();
      if (labels != null) {
        line.append((int) labels[row]).append(' ');
      }
      for (int i = row % 2; i < features.length; i += 2) {
        line.append(prefix).append(i).append(':');
        line.append(Math.rint(features[i][row] * DIGITS) / DIGITS).append(' ');
      }
      lines[row] = line.toString().strip();
    }
    return new Table(
        new TableSchema(TableKind.RAW, "", List.of(ColumnSpec.text("")), " "),
        rows.ids(),
        List.of(new Column.Texts(lines)));
  }

  private static Column.Numbers rounded(Column.Numbers numbers) {
    double[] values = new double[numbers.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = Math.rint(numbers.values()[row] * DIGITS) / DIGITS;
    }
    return new Column.Numbers(values);
  }
}
