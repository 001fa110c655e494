package io.fedflow.components.faults;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Tables that are sound but for one thing. Stateless. */
final class SpoiledTables {

  private SpoiledTables() {}

  /** The column to spoil: any but the label; of predictions the score. */
  static String feature(Table table) {
    if (table.schema().kind() == TableKind.PREDICTION) {
      return "predict_score";
    }
    List<ColumnSpec> all = table.schema().columns();
    return table.schema().indexOf("x1") >= 0 ? "x1" : all.get(all.size() - 1).name();
  }

  /** The column of labels, if there is one. */
  static Optional<String> label(Table table) {
    return switch (table.schema().kind()) {
      case INSTANCE -> table.schema().labelName();
      case PREDICTION -> Optional.of("label");
      default -> Optional.of("y").filter(name -> table.schema().indexOf(name) >= 0);
    };
  }

  /** The same number in every row of a column; NaN for no value. */
  static Table filled(Table table, String name, double number) {
    return replaced(table, name, row -> number);
  }

  /** Another number in the first row of a column; columns of texts change in every row. */
  static Table first(Table table, String name, double number) {
    double[] old =
        table.column(table.schema().indexOf(name)) instanceof Column.Numbers numbers
            ? numbers.values()
            : filled(new double[table.rowCount()], number);
    return replaced(table, name, row -> row == 0 ? number : old[row]);
  }

  /** A column under another name. */
  static Table renamed(Table table, String from, String to) {
    List<ColumnSpec> specs = new ArrayList<>(table.schema().columns());
    ColumnSpec old = specs.get(table.schema().indexOf(from));
    specs.set(
        table.schema().indexOf(from),
        new ColumnSpec(to, old.type(), old.use(), old.anonymousName()));
    return table.withColumns(specs, table.columns());
  }

  /** The same rows under other ids. */
  static Table withIds(Table table, String prefix) {
    String[] ids = Arrays.stream(table.ids()).map(prefix::concat).toArray(String[]::new);
    return new Table(table.schema(), ids, table.columns());
  }

  private static double[] filled(double[] values, double number) {
    Arrays.fill(values, number);
    return values;
  }

  private static Table replaced(Table table, String name, IntToDoubleFunction number) {
    int at = table.schema().indexOf(name);
    double[] values =
        IntStream.range(0, table.rowCount()).mapToDouble(number::applyAsDouble).toArray();
    Column.Numbers numbers = new Column.Numbers(values);
    List<Column> columns = new ArrayList<>(table.columns());
    columns.set(
        at,
        table.column(at) instanceof Column.Numbers
            ? numbers
            : new Column.Texts(
                IntStream.range(0, values.length)
                    .mapToObj(numbers::textAt)
                    .toArray(String[]::new)));
    return table.withColumns(table.schema().columns(), columns);
  }
}
