package io.fedflow.server;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Logistic regression in the clear, to measure the federated one against: full batches, plain
 * gradient steps of decaying length, L2 penalty, as the demo asks.
 */
final class PlainRegression {

  /** What is minimised. */
  enum Loss {
    /** The true one. */
    LOGISTIC,
    /** Its second-order expansion around zero, which is all that ciphertexts can be asked for. */
    EXPANDED
  }

  private final double[][] rows;
  private final boolean[] positive;
  private final double[] scores;

  PlainRegression(double[][] rows, boolean[] positive) {
    this.rows = rows;
    this.positive = positive;
    this.scores = new double[rows.length];
  }

  PlainRegression train(Loss loss, int iterations, double rate, double alpha) {
    int width = rows[0].length;
    double[] weights = new double[width + 1];
    for (int iteration = 0; iteration < iterations; iteration++) {
      double[] gradient = gradient(loss, weights);
      double step = rate / Math.sqrt(1 + iteration);
      for (int i = 0; i <= width; i++) {
        weights[i] -= step * (gradient[i] + (i < width ? alpha * weights[i] : 0));
      }
    }
    for (int row = 0; row < rows.length; row++) {
      scores[row] = linear(weights, rows[row]);
    }
    return this;
  }

  private double[] gradient(Loss loss, double[] weights) {
    int width = weights.length - 1;
    double[] gradient = new double[width + 1];
    for (int row = 0; row < rows.length; row++) {
      double sum = linear(weights, rows[row]);
      double residual =
          loss == Loss.LOGISTIC
              ? 1 / (1 + Math.exp(-sum)) - (positive[row] ? 1 : 0)
              : sum / 4 - (positive[row] ? 0.5 : -0.5);
      for (int i = 0; i < width; i++) {
        gradient[i] += residual * rows[row][i] / rows.length;
      }
      gradient[width] += residual / rows.length;
    }
    return gradient;
  }

  private static double linear(double[] weights, double[] row) {
    double sum = weights[row.length];
    for (int i = 0; i < row.length; i++) {
      sum += weights[i] * row[i];
    }
    return sum;
  }

  /** The share of pairs of unlike rows that the scores order rightly. */
  double auc() {
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return right / pairs;
  }

  /** The largest distance between the two labels' distributions. */
  double ks() {
    int[] order =
        IntStream.range(0, rows.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double positives = IntStream.range(0, rows.length).filter(i -> positive[i]).count();
    double negatives = rows.length - positives;
    double[] distance = new double[rows.length];
    double ahead = 0;
    for (int i = 0; i < order.length; i++) {
      ahead += positive[order[i]] ? 1 / positives : -1 / negatives;
      distance[i] = Math.abs(ahead);
    }
    return Arrays.stream(distance).max().orElseThrow();
  }
}
