package io.fedflow.benchmarks.crypto;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalDouble;

/** Prints rates beside those of the textbook and, where it was measured, of the original. */
final class RateTable {

  private final PrintStream out;
  private final OriginalRates original;

  /** A table of a stream; {@link OriginalRates#NONE} leaves out the columns of the original. */
  RateTable(PrintStream out, OriginalRates original) {
    this.out = out;
    this.original = original;
  }

  /** Prints the title and the names of the columns. */
  void head(String title) {
    out.printf("%n%s%n%-38s %12s %12s %8s", title, "", "fedflow", "textbook", "ratio");
    if (measured()) {
      out.printf(" %12s %8s", "original", "ratio");
    }
    out.println();
  }

  /**
   * Prints a row.
   *
   * @param operation the original's name of it, which some rows share; {@code ""} if it has none
   */
  void row(String what, String operation, double fedflow, double textbook) {
    out.printf(
        Locale.ROOT, "%-38s %12.0f %12.1f %8.1f", what, fedflow, textbook, fedflow / textbook);
    OptionalDouble rate = original.rate(operation);
    if (rate.isPresent()) {
      out.printf(Locale.ROOT, " %12.1f %8.1f", rate.getAsDouble(), fedflow / rate.getAsDouble());
    } else if (measured()) {
      out.printf(" %12s %8s", "-", "-");
    }
    out.println();
  }

  private boolean measured() {
    return !original.rates().isEmpty();
  }
}
