package io.fedflow.benchmarks.components;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints by what the core-seconds of cases grow with twice the rows, twice the columns and a second
 * host, and marks what grows faster than the algorithm says.
 *
 * @param bits how long keys are
 */
record GrowthTable(int bits) {

  /** What sorting, a shared machine and the collector may add to a ratio. */
  private static final double SLACK = 1.35;

  /** Less than this is lost in what a job costs by itself, and says nothing about growth. */
  private static final double LEAST_SECONDS = 0.3;

  private static final int TRIES = 2;

  /** Prints a line for each shape and case. */
  void print(List<Shape> shapes, List<ComponentCase> cases) {
    System.out.printf(
        "%-32s %14s %9s %9s %9s %9s%n",
        "component", "rows x cols", "core s", "rows x2", "cols x2", "hosts x2");
    for (Shape shape : shapes) {
      cases.forEach(one -> print(one, shape));
    }
  }

  private void print(ComponentCase one, Shape shape) {
    Growth allowed = one.growth();
    // The first numbers of a process are those of code that is not compiled yet.
    seconds(one, shape);
    double base = seconds(one, shape);
    double rows = seconds(one, new Shape(2 * shape.rows(), shape.columns()));
    double columns = seconds(one, new Shape(shape.rows(), 2 * shape.columns()));
    double hosts =
        allowed.hosts() == 0 ? 0 : seconds(one, new Shape(shape.rows(), shape.columns(), 2));
    String faster =
        Stream.of(
                faster("rows", base, rows, allowed.rows()),
                faster("columns", base, columns, allowed.columns()),
                faster("hosts", base, hosts, allowed.hosts()))
            .filter(text -> !text.isEmpty())
            .reduce("", (some, more) -> some + ' ' + more);
    System.out.printf(
        Locale.ROOT,
        "%-32s %14s %9.2f %9s %9s %9s %s%n",
        one.name(),
        shape,
        base,
        ratio(base, rows),
        ratio(base, columns),
        ratio(base, hosts),
        faster);
  }

  /** By what a cost grew; a dash where it is too small to tell. */
  static String ratio(double base, double grown) {
    return base >= LEAST_SECONDS / 2 && grown >= LEAST_SECONDS / 2
        ? String.format(Locale.ROOT, "%.2f", grown / base)
        : "-";
  }

  /** A remark on a cost that grew by more than is allowed; empty if it did not. */
  static String faster(String what, double base, double grown, double allowed) {
    return grown >= LEAST_SECONDS && grown > Math.max(base, LEAST_SECONDS / 2) * allowed * SLACK
        ? "FASTER with " + what + ": allowed " + allowed
        : "";
  }

  /** The least of some tries. */
  private double seconds(ComponentCase one, Shape shape) {
    try (CaseRunner runner = new CaseRunner(one, shape, bits)) {
      double least = Double.MAX_VALUE;
      for (int i = 0; i < TRIES; i++) {
        least = Math.min(least, runner.measure().cores());
      }
      return least;
    }
  }
}
