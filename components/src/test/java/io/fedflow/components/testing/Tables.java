package io.fedflow.components.testing;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Party;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Small tables for tests. */
public final class Tables {

  private Tables() {}

  /** Instances of one feature {@code x0}, whose value is the position of the row. */
  public static Table ofIds(String... ids) {
    double[] values = IntStream.range(0, ids.length).mapToDouble(i -> i).toArray();
    return new Table(
        new TableSchema(
            TableKind.INSTANCE, "id", List.of(ColumnSpec.feature("x0", "guest_1_x0")), ","),
        ids,
        List.of(new Column.Numbers(values)));
  }

  /** Rows with a match id each and one feature, {@code x0}; one entry a row in all three. */
  public static Table withMatchIds(String[] matchIds, String[] ids, double[] values) {
    return new Table(
        new TableSchema(
            TableKind.INSTANCE,
            "sid",
            List.of(
                new ColumnSpec("id", ColumnSpec.Type.TEXT, ColumnSpec.Use.MATCH_ID, ""),
                ColumnSpec.feature("x0", "p_x0")),
            ","),
        ids,
        List.of(new Column.Texts(matchIds), new Column.Numbers(values)));
  }

  /**
   * Raw rows.
   *
   * @param header column names after the id, comma-separated
   * @param lines {@code id,value,...}
   */
  public static Table raw(String header, String... lines) {
    String[] names = header.split(",", -1);
    String[] ids = new String[lines.length];
    String[][] cells = new String[names.length][lines.length];
    for (int row = 0; row < lines.length; row++) {
      String[] parts = lines[row].split(",", -1);
      ids[row] = parts[0];
      for (int i = 0; i < names.length; i++) {
        cells[i][row] = parts[i + 1];
      }
    }
    List<Column> columns = new ArrayList<>();
    for (String[] column : cells) {
      columns.add(new Column.Texts(column));
    }
    return new Table(
        new TableSchema(
            TableKind.RAW, "id", Arrays.stream(names).map(ColumnSpec::text).toList(), ","),
        ids,
        columns);
  }

  /**
   * Instances of numbers with ids {@code r00, r01, …}.
   *
   * @param label labels, or null for a table without
   * @param columns name to values, in order
   */
  public static Table instances(Party party, double[] label, Map<String, double[]> columns) {
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    String prefix = party.role() + "_" + party.id() + "_";
    if (label != null) {
      specs.add(new ColumnSpec("y", ColumnSpec.Type.INTEGER, ColumnSpec.Use.LABEL, prefix + "y"));
      values.add(new Column.Numbers(label));
    }
    int features = 0;
    for (Map.Entry<String, double[]> column : columns.entrySet()) {
      specs.add(ColumnSpec.feature(column.getKey(), prefix + "x" + features++));
      values.add(new Column.Numbers(column.getValue()));
    }
    String[] ids =
        IntStream.range(0, values.get(0).size())
            .mapToObj(i -> String.format("r%02d", i))
            .toArray(String[]::new);
    return new Table(new TableSchema(TableKind.INSTANCE, "id", specs, ","), ids, values);
  }

  /** The same inputs with the component's own model. */
  public static TaskInputs withModel(TaskInputs inputs, ComponentModel model) {
    return new TaskInputs(inputs.data(), Optional.of(model), inputs.isometric());
  }

  /** Inputs with one table of kind {@code data}. */
  public static TaskInputs asData(Table table) {
    return as("data", table);
  }

  /** Inputs with one table of a kind. */
  public static TaskInputs as(String kind, Table table) {
    return new TaskInputs(
        Map.of(kind, List.of(new DataInput("upstream_0.data", table))),
        Optional.empty(),
        List.of());
  }
}
