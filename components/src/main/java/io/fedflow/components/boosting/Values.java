package io.fedflow.components.boosting;

import java.util.Arrays;

/**
 * Objectives of regression. With {@code d} the score less the true value.
 *
 * @param kind the loss
 * @param parameter delta of huber, c of fair, rho of tweedie; of no effect elsewhere
 */
record Values(Kind kind, double parameter) implements Objective {

  /** Differences below count as none where only their sign matters. */
  private static final double NONE = 1e-8;

  /** The losses. */
  enum Kind {
    /** Squares. */
    LSE,
    /** Absolute differences. */
    LAE,
    /** Squares near 0, absolute differences far from it, smoothly. */
    HUBER,
    /** Like huber, growing more slowly. */
    FAIR,
    /** {@code ln cosh d}. */
    LOG_COSH,
    /** Of values that are 0 or more, with many zeros; the score is the logarithm. */
    TWEEDIE
  }

  @Override
  public int dimensions() {
    return 1;
  }

  @Override
  public double[] initial(double[] targets) {
    return new double[] {
      switch (kind) {
        case LAE -> median(targets);
        case TWEEDIE -> 0;
        default -> Arrays.stream(targets).sum() / targets.length;
      }
    };
  }

  @Override
  public double[][] derivatives(double[][] scores, double[] targets, int dimension) {
    double[] first = new double[targets.length];
    double[] second = new double[targets.length];
    for (int row = 0; row < targets.length; row++) {
      double score = scores[0][row];
      double d = score - targets[row];
      switch (kind) {
        case LSE -> {
          first[row] = 2 * d;
          second[row] = 2;
        }
        case LAE -> {
          first[row] = Math.abs(d) <= NONE ? 0 : Math.signum(d);
          second[row] = 1;
        }
        case HUBER -> {
          double scale = 1 + d * d / (parameter * parameter);
          first[row] = d / Math.sqrt(scale);
          second[row] = 1 / (scale * Math.sqrt(scale));
        }
        case FAIR -> {
          double scale = Math.abs(d) + parameter;
          first[row] = parameter * d / scale;
          second[row] = parameter * parameter / (scale * scale);
        }
        case LOG_COSH -> {
          double tanh = StrictMath.tanh(d);
          first[row] = tanh;
          second[row] = 1 - tanh * tanh;
        }
        case TWEEDIE -> {
          double low = StrictMath.exp((1 - parameter) * score);
          double high = StrictMath.exp((2 - parameter) * score);
          first[row] = high - targets[row] * low;
          second[row] = (2 - parameter) * high - targets[row] * (1 - parameter) * low;
        }
      }
    }
    return new double[][] {first, second};
  }

  @Override
  public double loss(double[][] scores, double[] targets, int row) {
    double score = scores[0][row];
    double d = Math.abs(score - targets[row]);
    return switch (kind) {
      case LSE -> d * d;
      case LAE -> d;
      case HUBER -> parameter * parameter * (Math.sqrt(1 + d * d / (parameter * parameter)) - 1);
      case FAIR -> parameter * d - parameter * parameter * StrictMath.log1p(d / parameter);
      // ln cosh d, without the overflow of cosh.
      case LOG_COSH -> d + StrictMath.log1p(StrictMath.exp(-2 * d)) - StrictMath.log(2);
      case TWEEDIE -> tweedie(score, targets[row]);
    };
  }

  /** At rho 1 the first term's limit, up to a constant: the loss of Poisson. */
  private double tweedie(double score, double target) {
    double high = StrictMath.exp((2 - parameter) * score) / (2 - parameter);
    double low = parameter == 1 ? score : StrictMath.exp((1 - parameter) * score) / (1 - parameter);
    return high - target * low;
  }

  @Override
  public double[][] outputs(double[][] scores) {
    if (kind != Kind.TWEEDIE) {
      return scores;
    }
    return new double[][] {Arrays.stream(scores[0]).map(StrictMath::exp).toArray()};
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
