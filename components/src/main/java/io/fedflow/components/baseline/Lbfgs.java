package io.fedflow.components.baseline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Minimises a smooth convex function by the limited-memory BFGS method (Nocedal and Wright,
 * Numerical Optimization, algorithm 7.5) with a backtracking line search. Stateless.
 */
final class Lbfgs {

  private static final int MEMORY = 10;
  private static final double SUFFICIENT = 1e-4;
  private static final double FLAT = 1e-12;
  private static final int MOST_HALVINGS = 50;

  private Lbfgs() {}

  /** A function and its gradient. */
  @FunctionalInterface
  interface Objective {
    /**
     * The value at a point.
     *
     * @param gradient is filled; as long as the point
     */
    double at(double[] point, double[] gradient) throws InterruptedException;
  }

  /**
   * Where it ended.
   *
   * @param converged whether no derivative is above the tolerance any more
   */
  record Result(double[] point, int iterations, boolean converged) {}

  private record Pair(double[] step, double[] change, double rho) {}

  static Result minimise(Objective objective, int dimensions, double tolerance, int iterations)
      throws InterruptedException {
    double[] point = new double[dimensions];
    double[] gradient = new double[dimensions];
    double value = objective.at(point, gradient);
    Deque<Pair> memory = new ArrayDeque<>();
    for (int iteration = 0; ; iteration++) {
      if (largest(gradient) <= tolerance) {
        return new Result(point, iteration, true);
      }
      if (iteration == iterations) {
        return new Result(point, iteration, false);
      }
      double[] direction = direction(gradient, memory);
      double slope = dot(direction, gradient);
      double step = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
      double[] next = new double[dimensions];
      double[] nextGradient = new double[dimensions];
      double nextValue = Double.NaN;
      int halvings = 0;
      do {
        for (int i = 0; i < dimensions; i++) {
          next[i] = point[i] + step * direction[i];
        }
        nextValue = objective.at(next, nextGradient);
        step /= 2;
      } while (!(nextValue <= value + SUFFICIENT * 2 * step * slope) && ++halvings < MOST_HALVINGS);
      if (halvings == MOST_HALVINGS) {
        // No smaller value can be told from this one in double precision.
        return new Result(point, iteration, false);
      }
      remember(memory, point, next, gradient, nextGradient);
      point = next;
      gradient = nextGradient;
      value = nextValue;
    }
  }

  private static void remember(
      Deque<Pair> memory, double[] from, double[] to, double[] before, double[] after) {
    double[] step = new double[from.length];
    double[] change = new double[from.length];
    for (int i = 0; i < step.length; i++) {
      step[i] = to[i] - from[i];
      change[i] = after[i] - before[i];
    }
    double curvature = dot(step, change);
    if (curvature > FLAT * dot(change, change)) {
      memory.addLast(new Pair(step, change, 1 / curvature));
      if (memory.size() > MEMORY) {
        memory.removeFirst();
      }
    }
  }

  private static double[] direction(double[] gradient, Deque<Pair> memory) {
    double[] q = gradient.clone();
    List<Double> alphas = new ArrayList<>();
    for (var newest = memory.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      double alpha = pair.rho() * dot(pair.step(), q);
      alphas.add(alpha);
      add(q, -alpha, pair.change());
    }
    if (!memory.isEmpty()) {
      Pair last = memory.peekLast();
      double scale = 1 / (last.rho() * dot(last.change(), last.change()));
      for (int i = 0; i < q.length; i++) {
        q[i] *= scale;
      }
    }
    int at = alphas.size();
    for (Pair pair : memory) {
      double beta = pair.rho() * dot(pair.change(), q);
      add(q, alphas.get(--at) - beta, pair.step());
    }
    for (int i = 0; i < q.length; i++) {
      q[i] = -q[i];
    }
    return q;
  }

  private static void add(double[] to, double factor, double[] values) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * values[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
