package io.fedflow.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows as the algorithms see them: ids and typed columns. Immutable by convention: arrays are
 * shared and never changed. Ids are unique.
 */
public final class Table {

  private final TableSchema schema;
  private final String[] ids;
  private final List<Column> columns;

  /**
   * A table over these arrays, which the caller gives away.
   *
   * @param schema what the table holds
   * @param ids one unique id per row
   * @param columns one per schema column, each as long as {@code ids}
   * @throws IllegalArgumentException if the shapes do not agree
   */
  public Table(TableSchema schema, String[] ids, List<? extends Column> columns) {
    if (columns.size() != schema.columns().size()) {
      throw new IllegalArgumentException(
          "table: " + columns.size() + " columns, schema has " + schema.columns().size());
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).size() != ids.length) {
        throw new IllegalArgumentException(
            "table: column "
                + schema.columns().get(i).name()
                + " has "
                + columns.get(i).size()
                + " rows, ids have "
                + ids.length);
      }
      boolean text = schema.columns().get(i).type() == ColumnSpec.Type.TEXT;
      if (text != columns.get(i) instanceof Column.Texts) {
        throw new IllegalArgumentException(
            "table: column " + schema.columns().get(i).name() + " is not of its schema's type");
      }
    }
    this.schema = schema;
    this.ids = ids;
    this.columns = List.copyOf(columns);
  }

  /** What the table holds. */
  public TableSchema schema() {
    return schema;
  }

  /** How many rows. */
  public int rowCount() {
    return ids.length;
  }

  /** The ids in row order; not to be changed. */
  public String[] ids() {
    return ids;
  }

  /** A column by position. */
  public Column column(int index) {
    return columns.get(index);
  }

  /** All columns in schema order. */
  public List<Column> columns() {
    return columns;
  }

  /**
   * The values of a numeric column; not to be changed.
   *
   * @throws IllegalArgumentException if there is no such numeric column
   */
  public double[] numbers(String name) {
    int index = schema.indexOf(name);
    if (index >= 0 && columns.get(index) instanceof Column.Numbers numbers) {
      return numbers.values();
    }
    throw new IllegalArgumentException("table has no numeric column " + name);
  }

  /**
   * All numeric feature columns in header order, column-major; shape [features][rows]; not to be
   * changed.
   */
  public double[][] features() {
    List<double[]> features = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (schema.columns().get(i).use() == ColumnSpec.Use.FEATURE
          && columns.get(i) instanceof Column.Numbers numbers) {
        features.add(numbers.values());
      }
    }
    return features.toArray(double[][]::new);
  }

  /** The label column's values, or null if the table has no numeric label; not to be changed. */
  public double[] label() {
    return numbersOf(ColumnSpec.Use.LABEL);
  }

  /** The sample weights, or null if the table has none; not to be changed. */
  public double[] weight() {
    return numbersOf(ColumnSpec.Use.WEIGHT);
  }

  /** The rows at the given positions, in that order. */
  public Table select(int[] rows) {
    String[] selected = new String[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = ids[rows[i]];
    }
    return new Table(schema, selected, columns.stream().map(c -> c.select(rows)).toList());
  }

  /**
   * The same rows ordered by the bytes of their ids (UTF-8, unsigned): the order in which parties
   * name rows.
   */
  public Table sortedById() {
    int[] all = IntStream.range(0, ids.length).toArray();
    int[] ordered = orderedById(all);
    return ordered == all ? this : select(ordered);
  }

  /**
   * Some rows in the order of {@link #sortedById()}, copied once.
   *
   * @param rows positions, each at most once
   */
  public Table selectById(int[] rows) {
    return select(orderedById(rows));
  }

  /** Gives {@code rows} themselves if they are in order. */
  private int[] orderedById(int[] rows) {
    boolean sorted = true;
    for (int i = 1; sorted && i < rows.length; i++) {
      sorted = compareBytes(ids[rows[i - 1]], ids[rows[i]]) < 0;
    }
    if (sorted) {
      return rows;
    }
    return Arrays.stream(rows)
        .boxed()
        .sorted((a, b) -> compareBytes(ids[a], ids[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Compares texts by their bytes, without making these but where that is hard to tell. */
  private static int compareBytes(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    for (int i = 0; i < shorter; i++) {
      char here = one.charAt(i);
      char there = other.charAt(i);
      if (here != there) {
        // A half of a pair is below some characters whose bytes are less, and alone it is a "?".
        return Character.isSurrogate(here) || Character.isSurrogate(there)
            ? Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
            : Character.compare(here, there);
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** The same rows with other columns. */
  public Table withColumns(List<ColumnSpec> specs, List<? extends Column> replaced) {
    return new Table(
        new TableSchema(schema.kind(), schema.idName(), specs, schema.delimiter()), ids, replaced);
  }

  /** Only the columns whose name the predicate accepts; label, weight and match id always stay. */
  public Table keepFeatures(java.util.function.Predicate<String> accepted) {
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> kept = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnSpec spec = schema.columns().get(i);
      if (spec.use() != ColumnSpec.Use.FEATURE || accepted.test(spec.name())) {
        specs.add(spec);
        kept.add(columns.get(i));
      }
    }
    return withColumns(specs, kept);
  }

  private double[] numbersOf(ColumnSpec.Use use) {
    int index = schema.indexOf(use);
    return index >= 0 && columns.get(index) instanceof Column.Numbers numbers
        ? numbers.values()
        : null;
  }

  /** Shape only: content never reaches a log. */
  @Override
  public String toString() {
    return schema.kind() + " table of " + ids.length + " rows, " + columns.size() + " columns";
  }
}
