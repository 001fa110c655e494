package io.fedflow.components.transform;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import java.util.List;
import java.util.Set;

/** Reads single cells. Messages name column and row, and quote no more than the cell itself. */
final class Cells {

  private static final int QUOTED = 20;

  private Cells() {}

  /**
   * Reads a column of numbers.
   *
   * @param missing texts that become NaN
   * @param integers whether a fraction is refused
   * @throws FedflowException {@code transform.cell} (INVALID) at the first cell that is no number
   */
  static double[] numbers(String column, String[] cells, Set<String> missing, boolean integers) {
    double[] values = new double[cells.length];
    for (int row = 0; row < cells.length; row++) {
      values[row] =
          missing.contains(cells[row]) ? Double.NaN : number(column, row, cells[row], integers);
    }
    return values;
  }

  /**
   * Reads one finite number; the text {@code nan} in any case is a missing value.
   *
   * @param row counted from 0
   */
  static double number(String column, int row, String cell, boolean integer) {
    String text = cell.strip();
    if (text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (looksNumeric(text)) {
      try {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value) && (!integer || value == Math.rint(value))) {
          return value;
        }
      } catch (NumberFormatException notNumeric) {
        throw refused(column, row, cell, integer);
      }
    }
    throw refused(column, row, cell, integer);
  }

  /** Refuses a cell. */
  static FedflowException refused(String column, int row, String cell, boolean integer) {
    return ColumnException.of(
        "transform.cell",
        List.of(column),
        "column "
            + column
            + ", row "
            + (row + 1)
            + ": found '"
            + shortened(cell)
            + "', allowed "
            + (integer ? "a whole number" : "a finite number")
            + "; list texts for missing values in missing_impute, or choose type str for the"
            + " column");
  }

  /** As much of a cell as a message may quote. */
  static String shortened(String cell) {
    return cell.length() > QUOTED ? cell.substring(0, QUOTED) + "…" : cell;
  }

  // Double.parseDouble also takes hexadecimal forms and the suffixes d and f, which no CSV means.
  private static boolean looksNumeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
