package io.fedflow.components.homolr;

import io.fedflow.component.Params;
import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.failure.FedflowException;
import java.util.Arrays;
import java.util.List;

/** One party's training of one class against the others, on its own rows. Not thread-safe. */
final class LocalTraining {

  private final List<String> header;
  private final double[][] features;
  private final double[] targets;
  private final double[] sampleWeights;
  private final boolean fitsIntercept;
  private final int batch;
  private final LocalOptimizer optimizer;
  private double[] weights;

  /**
   * A training that has not begun.
   *
   * @param features shape [columns][rows]
   * @param targets 1 for rows of the class, else 0
   * @param sampleWeights per row, or null for 1
   * @param start the weights to begin with
   */
  LocalTraining(
      Params params,
      double[][] features,
      double[] targets,
      double[] sampleWeights,
      LinearWeights start) {
    this.header = start.header();
    this.features = features;
    this.targets = targets;
    this.sampleWeights = sampleWeights;
    this.fitsIntercept = start.hasIntercept();
    this.weights = start.joined();
    int size = params.integer("batch_size");
    this.batch = size < 0 ? targets.length : Math.min(size, targets.length);
    this.optimizer =
        new LocalOptimizer(
            params.text("optimizer"),
            params.number("learning_rate"),
            params.number("decay"),
            params.bool("decay_sqrt"),
            params.number("alpha"),
            weights.length);
  }

  /** The weights of the moment. */
  LinearWeights weights() {
    return LinearWeights.of(header, weights, fitsIntercept);
  }

  /** Goes on from other weights: coefficients, then the intercept if there is one. */
  void moveTo(double[] joined) {
    this.weights = joined.clone();
  }

  /**
   * Trains all batches once, in the order of rows.
   *
   * @return the mean over batches of their mean losses, each before its step
   * @throws FedflowException {@code training.diverged} (INVALID) if a weight leaves -1e8..1e8
   */
  double epoch() {
    double losses = 0;
    int batches = 0;
    for (int from = 0; from < targets.length; from += batch) {
      losses += step(from, Math.min(targets.length, from + batch));
      batches++;
    }
    return losses / batches;
  }

  private double step(int from, int to) {
    int rows = to - from;
    double[] residuals = scores(from, to);
    double loss = 0;
    for (int i = 0; i < rows; i++) {
      double z = residuals[i];
      double target = targets[from + i];
      double weight = sampleWeights == null ? 1 : sampleWeights[from + i];
      // ln(1 + e^-|z|) does not overflow, whatever the score is.
      loss += weight * (Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z))));
      residuals[i] = weight * (BinaryPredictions.logistic(z) - target);
    }
    double[] gradient = new double[weights.length];
    for (int column = 0; column < features.length; column++) {
      double[] values = features[column];
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += residuals[i] * values[from + i];
      }
      gradient[column] = sum / rows;
    }
    if (fitsIntercept) {
      gradient[features.length] = Arrays.stream(residuals).sum() / rows;
    }
    optimizer.step(weights, gradient);
    requireFinite();
    return loss / rows;
  }

  private double[] scores(int from, int to) {
    double[] scores = new double[to - from];
    Arrays.fill(scores, fitsIntercept ? weights[features.length] : 0);
    for (int column = 0; column < features.length; column++) {
      double weight = weights[column];
      double[] values = features[column];
      for (int i = 0; i < scores.length; i++) {
        scores[i] += weight * values[from + i];
      }
    }
    return scores;
  }

  private void requireFinite() {
    for (double weight : weights) {
      if (!(Math.abs(weight) <= FeatureCheck.LARGEST)) {
        throw FedflowException.invalid(
            "training.diverged",
            "a weight left -1e8..1e8; lower learning_rate or scale the features");
      }
    }
  }
}
