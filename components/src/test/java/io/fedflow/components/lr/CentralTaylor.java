package io.fedflow.components.lr;

import java.util.ArrayList;
import java.util.List;

/**
 * The same training in one place and in the clear, written from the formulas alone: full batch, L2,
 * weights from zero.
 */
final class CentralTaylor {

  final double[] weights;
  double intercept;
  final List<Double> losses = new ArrayList<>();

  /**
   * Trains with sgd, or with rmsprop.
   *
   * @param features shape [columns][rows]
   * @param labels 0 or 1
   * @param sampleWeights mean 1, or null
   */
  CentralTaylor(
      double[][] features,
      double[] labels,
      double[] sampleWeights,
      double rate,
      double alpha,
      boolean rmsprop,
      int iterations) {
    int rows = labels.length;
    weights = new double[features.length];
    double[] squares = new double[features.length + 1];
    for (int t = 0; t < iterations; t++) {
      double loss = 0;
      double[] gradient = new double[features.length + 1];
      for (int row = 0; row < rows; row++) {
        double weight = sampleWeights == null ? 1 : sampleWeights[row];
        double y = labels[row] == 1 ? 1 : -1;
        double z = intercept;
        for (int c = 0; c < features.length; c++) {
          z += weights[c] * features[c][row];
        }
        loss += weight * (-0.5 * y * z + z * z / 8);
        double d = weight * (z / 4 - y / 2);
        for (int c = 0; c < features.length; c++) {
          gradient[c] += d * features[c][row] / rows;
        }
        gradient[features.length] += d / rows;
      }
      double penalty = 0;
      for (int c = 0; c < features.length; c++) {
        gradient[c] += alpha * weights[c];
        penalty += alpha * weights[c] * weights[c] / 2;
      }
      losses.add(Math.log(2) + loss / rows + penalty);
      double decayed = rate / Math.sqrt(1 + t);
      for (int c = 0; c <= features.length; c++) {
        squares[c] = 0.99 * squares[c] + 0.01 * gradient[c] * gradient[c];
        double step = decayed * gradient[c] / (rmsprop ? Math.sqrt(squares[c] + 1e-6) : 1);
        if (c < features.length) {
          weights[c] -= step;
        } else {
          intercept -= step;
        }
      }
    }
  }
}
