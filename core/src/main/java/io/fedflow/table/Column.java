package io.fedflow.table;

/**
 * The values of one column. Immutable by convention: arrays are shared, not copied, and never
 * changed.
 */
public sealed interface Column {

  /** How many values. */
  int size();

  /** The values at the given positions, in that order. */
  Column select(int[] rows);

  /** A value as text; a missing number is the empty text. */
  String textAt(int row);

  /**
   * Numbers; NaN is a missing value.
   *
   * @param values one per row
   */
  record Numbers(double[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Numbers select(int[] rows) {
      double[] selected = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        selected[i] = values[rows[i]];
      }
      return new Numbers(selected);
    }

    @Override
    public String textAt(int row) {
      double value = values[row];
      if (Double.isNaN(value)) {
        return "";
      }
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  /**
   * Texts; never null.
   *
   * @param values one per row
   */
  record Texts(String[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Texts select(int[] rows) {
      String[] selected = new String[rows.length];
      for (int i = 0; i < rows.length; i++) {
        selected[i] = values[rows[i]];
      }
      return new Texts(selected);
    }

    @Override
    public String textAt(int row) {
      return values[row];
    }
  }
}
