package io.fedflow.benchmarks.components;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs one component after the other on synthetic rows between a guest, a host and, where it has a
 * part, an arbiter of one process, and prints seconds, core-seconds, bytes that crossed and the
 * peak of the heap, each without the job that only reads the rows, beside what the machine does at
 * that moment ({@link Probe}).
 *
 * <p>Arguments, in any order: shapes like {@code 30000x23}; modules or names of {@link Cases}, all
 * if none are given; {@code bits=1024} for shorter keys than the 2048 of jobs; {@code growth} to
 * print by what core-seconds grow with rows, columns and hosts instead ({@link GrowthTable}). Each
 * case is run on few rows before, to warm up.
 */
public final class ComponentBenchmark {

  private static final int BITS = 2048;

  private ComponentBenchmark() {}

  /**
   * Prints a line for each shape and component, as soon as it is known.
   *
   * @throws IllegalArgumentException for arguments that mean nothing, or without a shape
   */
  public static void main(String[] arguments) {
    List<Shape> shapes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int bits = BITS;
    boolean growth = false;
    for (String argument : arguments) {
      if (argument.matches("\\d+x\\d+")) {
        shapes.add(Shape.of(argument));
      } else if (argument.startsWith("bits=")) {
        bits = Integer.parseInt(argument.substring("bits=".length()));
      } else if (argument.equals("growth")) {
        growth = true;
      } else {
        names.add(argument);
      }
    }
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("shape: found none, needs one like 30000x23");
    }
    List<ComponentCase> cases = Cases.named(names);
    if (growth) {
      new GrowthTable(bits).print(shapes, cases);
    } else {
      costs(shapes, cases, bits);
    }
  }

  private static void costs(List<Shape> shapes, List<ComponentCase> cases, int bits) {
    System.out.printf(
        "%-32s %14s %9s %9s %11s %8s %8s %8s%n",
        "component",
        "rows x cols",
        "wall s",
        "core s",
        "MB crossed",
        "heap MB",
        "pass ms",
        "mul us");
    for (Shape shape : shapes) {
      for (ComponentCase one : cases) {
        measure(one, shape.small(), bits);
        Probe probe = Probe.now();
        print(one, shape, measure(one, shape, bits), probe);
      }
    }
  }

  private static Cost measure(ComponentCase one, Shape shape, int bits) {
    try (CaseRunner runner = new CaseRunner(one, shape, bits)) {
      return runner.measure();
    }
  }

  private static void print(ComponentCase one, Shape shape, Cost cost, Probe probe) {
    System.out.printf(
        Locale.ROOT,
        "%-32s %14s %9.2f %9.2f %11.2f %8.0f %8.1f %8.1f%n",
        one.name(),
        shape,
        cost.wall(),
        cost.cores(),
        cost.bytes() / 1e6,
        cost.heap() / 1e6,
        probe.pass(),
        probe.product());
  }
}
