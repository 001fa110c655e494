package io.fedflow.components.testing;

import io.fedflow.party.Party;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The shipped example tables as instances, with anonymous names. */
public final class BreastData {

  private static final Path FOLDER = Path.of("..", "examples", "data");

  private BreastData() {}

  /** 569 rows with label y and x0..x9. */
  public static Table guest(Party party) {
    return read("breast_hetero_guest.csv", party);
  }

  /** The same rows in another order, x0..x19, no label. */
  public static Table host(Party party) {
    return read("breast_hetero_host.csv", party);
  }

  /** The columns {@code from} to {@code to - 1} of the host, named anew for another host. */
  public static Table host(Party party, int from, int to) {
    Table whole = host(party);
    List<ColumnSpec> specs = new ArrayList<>();
    for (int i = from; i < to; i++) {
      specs.add(
          ColumnSpec.feature(
              whole.schema().columns().get(i).name(),
              party.role() + "_" + party.id() + "_x" + (i - from)));
    }
    return whole.withColumns(specs, whole.columns().subList(from, to));
  }

  /** The same table with its labels dealt out anew. */
  public static Table withShuffledLabels(Table table, long seed) {
    int at = table.schema().indexOf(ColumnSpec.Use.LABEL);
    double[] labels = table.label().clone();
    Random random = new Random(seed);
    for (int i = labels.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double kept = labels[i];
      labels[i] = labels[j];
      labels[j] = kept;
    }
    return withColumn(table, at, labels);
  }

  /** The same table with other values in one column. */
  public static Table withColumn(Table table, int at, double[] values) {
    List<Column> columns = new ArrayList<>(table.columns());
    columns.set(at, new Column.Numbers(values));
    return table.withColumns(table.schema().columns(), columns);
  }

  private static Table read(String file, Party party) {
    return read(FOLDER.resolve(file), party, "y");
  }

  /**
   * The rows of any file like these.
   *
   * @param label the label's column, if the file has one of this name
   */
  public static Table read(Path file, Party party, String label) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      String[] names = lines.get(0).split(",");
      String[] ids = new String[lines.size() - 1];
      double[][] values = new double[names.length - 1][ids.length];
      for (int row = 0; row < ids.length; row++) {
        String[] cells = lines.get(row + 1).split(",");
        ids[row] = cells[0];
        for (int i = 0; i < values.length; i++) {
          values[i][row] = Double.parseDouble(cells[i + 1]);
        }
      }
      List<ColumnSpec> specs = new ArrayList<>();
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        specs.add(spec(names[i + 1], party, label));
        columns.add(new Column.Numbers(values[i]));
      }
      return new Table(new TableSchema(TableKind.INSTANCE, "id", specs, ","), ids, columns);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static ColumnSpec spec(String name, Party party, String label) {
    String prefix = party.role() + "_" + party.id() + "_";
    return name.equals(label)
        ? new ColumnSpec(
            name,
            name.equals("y") ? ColumnSpec.Type.INTEGER : ColumnSpec.Type.NUMBER,
            ColumnSpec.Use.LABEL,
            prefix + "y")
        : ColumnSpec.feature(name, prefix + name);
  }
}
