package io.fedflow.benchmarks.components;

/**
 * By what core-seconds of all parties together may grow, as the algorithm says.
 *
 * @param rows when every party has twice the rows
 * @param columns when there are twice the columns
 * @param hosts when there is a second host; 0 where there can be none
 */
record Growth(double rows, double columns, double hosts) {

  /** What is proportional to all of them; a second host at most doubles the work. */
  static final Growth LINEAR = new Growth(2, 2, 2);

  /** What compares every column of one party with every one of another. */
  static final Growth PAIRS_OF_COLUMNS = new Growth(2, 4, 2.5);

  /** What every party sends every other, in shares for each. */
  static final Growth PAIRS_OF_PARTIES = new Growth(2, 2, 2.5);

  /** The same without a second host. */
  Growth oneHost() {
    return new Growth(rows, columns, 0);
  }
}
