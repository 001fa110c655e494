package io.fedflow.components.linear;

import java.util.Locale;

/**
 * Regularisation of the weights of one party; never of an intercept. Immutable.
 *
 * @param kind which norm
 * @param alpha its strength
 * @param rate the learning rate without decay, by which L1 shrinks
 */
public record Penalty(Kind kind, double alpha, double rate) {

  /** Which norm. */
  public enum Kind {
    /** Absolute values. */
    L1,
    /** Squares. */
    L2,
    /** No penalty. */
    NONE;

    /** Reads a conf's name; null is {@link #NONE}. */
    public static Kind named(String name) {
      return name == null ? NONE : valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** What L2 adds to the gradient of each weight: {@code alpha w}; zeros for other kinds. */
  public double[] gradient(double[] weights) {
    double[] added = new double[weights.length];
    if (kind == Kind.L2) {
      for (int i = 0; i < added.length; i++) {
        added[i] = alpha * weights[i];
      }
    }
    return added;
  }

  /** The penalty of the weights: {@code alpha |w|_1} or {@code alpha/2 |w|_2^2}. */
  public double loss(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum +=
          switch (kind) {
            case L1 -> alpha * Math.abs(weight);
            case L2 -> alpha / 2 * weight * weight;
            case NONE -> 0;
          };
    }
    return sum;
  }

  /**
   * Weights after a step; L1 then shrinks them towards 0 by {@code alpha rate / sqrt(t)}.
   *
   * @param weights shape [weights]; read, not retained
   * @param step of the same shape
   * @param iteration counted from 0; FATE divides by its root, iteration 0 counts as 1 here since
   *     it would erase every weight
   */
  public double[] update(double[] weights, double[] step, int iteration) {
    double shrink = kind == Kind.L1 ? alpha * rate / Math.sqrt(Math.max(1, iteration)) : 0;
    double[] updated = new double[weights.length];
    for (int i = 0; i < updated.length; i++) {
      double moved = weights[i] - step[i];
      updated[i] = Math.signum(moved) * Math.max(0, Math.abs(moved) - shrink);
    }
    return updated;
  }
}
