package io.fedflow.benchmarks.components;

/**
 * How large the tables of a job are.
 *
 * @param rows of every party
 * @param columns of a guest and a host together where columns are divided, of every party where
 *     rows are
 * @param hosts how many, 1 or 2; a second host has as many columns as the first
 */
record Shape(int rows, int columns, int hosts) {

  /** Rows that a model is learned from before it is applied to more of them. */
  private static final int FEW = 1000;

  /** A shape of one host. */
  Shape(int rows, int columns) {
    this(rows, columns, 1);
  }

  /** Reads {@code ROWSxCOLUMNS}. */
  static Shape of(String text) {
    String[] parts = text.split("x");
    if (parts.length != 2) {
      throw new IllegalArgumentException(text + ": expected ROWSxCOLUMNS, like 30000x23");
    }
    return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /** The same columns of few rows. */
  Shape small() {
    return new Shape(Math.min(rows, FEW), columns, hosts);
  }

  @Override
  public String toString() {
    return rows + "x" + columns + (hosts == 1 ? "" : " " + hosts + " hosts");
  }
}
