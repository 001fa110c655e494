package io.fedflow.components.lr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Linear and Poisson regression in one place and in the clear, written from the formulas alone:
 * full batch, sgd, L2, weights from zero.
 */
final class CentralValues {

  final double[] weights;
  double intercept;
  final List<Double> losses = new ArrayList<>();
  private final double[][] features;
  private final double[] labels;

  CentralValues(double[][] features, double[] labels) {
    this.features = features;
    this.labels = labels;
    this.weights = new double[features.length];
  }

  /**
   * Trains on squared errors.
   *
   * @param sampleWeights mean 1
   */
  CentralValues squares(double[] sampleWeights, double rate, double alpha, int iterations) {
    for (int t = 0; t < iterations; t++) {
      double[] d = new double[labels.length];
      double loss = 0;
      for (int row = 0; row < d.length; row++) {
        double error = score(row) - labels[row];
        d[row] = sampleWeights[row] * error;
        loss += sampleWeights[row] * error * error / 2;
      }
      losses.add(loss / d.length + penalty(alpha));
      step(d, rate / Math.sqrt(1 + t), alpha);
    }
    return this;
  }

  /** Trains on counts, each of which was watched for its exposure. */
  CentralValues counts(double[] exposure, double rate, double alpha, int iterations) {
    for (int t = 0; t < iterations; t++) {
      double[] d = new double[labels.length];
      double loss = 0;
      for (int row = 0; row < d.length; row++) {
        double expected = exposure[row] * Math.exp(score(row));
        d[row] = expected - labels[row];
        loss += expected - labels[row] * Math.log(expected);
      }
      losses.add(loss / d.length + penalty(alpha));
      step(d, rate / Math.sqrt(1 + t), alpha);
    }
    return this;
  }

  double score(int row) {
    double score = intercept;
    for (int c = 0; c < weights.length; c++) {
      score += weights[c] * features[c][row];
    }
    return score;
  }

  private double penalty(double alpha) {
    return Arrays.stream(weights).map(w -> alpha * w * w / 2).sum();
  }

  private void step(double[] d, double rate, double alpha) {
    for (int c = 0; c < weights.length; c++) {
      double gradient = alpha * weights[c];
      for (int row = 0; row < d.length; row++) {
        gradient += d[row] * features[c][row] / d.length;
      }
      weights[c] -= rate * gradient;
    }
    intercept -= rate * Arrays.stream(d).sum() / d.length;
  }
}
