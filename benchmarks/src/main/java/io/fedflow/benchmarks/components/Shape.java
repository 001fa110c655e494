package io.fedflow.benchmarks.components;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Synthetic rows: normal features, and labels that a sum of them decides.
 *
 * @param rows of every party
 * @param columns of all parties together, divided among them
 */
record Shape(int rows, int columns) {

  /** Reads {@code ROWSxCOLUMNS}. */
  static Shape of(String text) {
    String[] parts = text.split("x");
    if (parts.length != 2) {
      throw new IllegalArgumentException(text + ": expected ROWSxCOLUMNS, like 30000x23");
    }
    return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /** The half of the columns that belongs to a party; the guest's table has the labels. */
  Table half(String party, boolean labelled, long seed) {
    int count = labelled ? columns / 2 : columns - columns / 2;
    SplittableRandom random = new SplittableRandom(seed);
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    double[] sum = new double[rows];
    for (int column = 0; column < count; column++) {
      double[] numbers = new double[rows];
      for (int row = 0; row < rows; row++) {
        numbers[row] = random.nextGaussian();
        sum[row] += numbers[row];
      }
      specs.add(ColumnSpec.feature("x" + column, party + "_x" + column));
      values.add(new Column.Numbers(numbers));
    }
    if (labelled) {
      specs.add(
          0, new ColumnSpec("y", ColumnSpec.Type.INTEGER, ColumnSpec.Use.LABEL, party + "_y"));
      values.add(0, new Column.Numbers(Arrays.stream(sum).map(s -> s > 0 ? 1 : 0).toArray()));
    }
    String[] ids = IntStream.range(0, rows).mapToObj(i -> "id" + i).toArray(String[]::new);
    return new Table(new TableSchema(TableKind.INSTANCE, "id", specs, ","), ids, values);
  }

  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}
