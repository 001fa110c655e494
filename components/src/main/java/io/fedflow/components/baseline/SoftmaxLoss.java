package io.fedflow.components.baseline;

import io.fedflow.component.TaskContext;
import io.fedflow.components.task.Parallel;
import java.util.List;

/**
 * The loss of logistic regression: {@code C} times the weighted sum of the rows' cross entropy, and
 * half the squared weights. Intercepts are not penalised. A point holds, for each of {@code k}
 * scores, the weights and then the intercept; two classes have one score, more have one each.
 * Immutable.
 */
final class SoftmaxLoss implements Lbfgs.Objective {

  /** Small enough for a cache, large enough to be worth a thread; fixed, so that sums repeat. */
  private static final int BLOCK = 8192;

  private final TaskContext context;
  private final double[][] features;
  private final int[] classes;
  private final double[] weights;
  private final int scores;
  private final BaselineOptions options;

  /**
   * A loss.
   *
   * @param features shape [columns][rows]
   * @param classes the class of each row, from 0
   * @param weights one per row
   * @param count how many classes there are; at least 2
   */
  SoftmaxLoss(
      TaskContext context,
      double[][] features,
      int[] classes,
      double[] weights,
      int count,
      BaselineOptions options) {
    this.context = context;
    this.features = features;
    this.classes = classes;
    this.weights = weights;
    this.scores = count == 2 ? 1 : count;
    this.options = options;
  }

  /** How long a point is. */
  int dimensions() {
    return scores * (features.length + 1);
  }

  private record Part(double loss, double[] gradient) {}

  @Override
  public double at(double[] point, double[] gradient) throws InterruptedException {
    context.checkStopped();
    int rows = classes.length;
    int blocks = (rows + BLOCK - 1) / BLOCK;
    List<Part> parts =
        Parallel.map(
            context,
            blocks,
            block -> part(point, block * BLOCK, Math.min(rows, (block + 1) * BLOCK)));
    double loss = 0;
    java.util.Arrays.fill(gradient, 0);
    for (Part part : parts) {
      loss += part.loss();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += part.gradient()[i];
      }
    }
    int width = features.length + 1;
    loss *= options.c();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= options.c();
      boolean intercept = i % width == width - 1;
      if (intercept && !options.fitIntercept()) {
        gradient[i] = 0;
      } else if (!intercept && options.penalised()) {
        loss += point[i] * point[i] / 2;
        gradient[i] += point[i];
      }
    }
    return loss;
  }

  private Part part(double[] point, int from, int to) {
    int width = features.length + 1;
    double[][] z = new double[scores][to - from];
    for (int k = 0; k < scores; k++) {
      java.util.Arrays.fill(z[k], point[k * width + width - 1]);
      for (int column = 0; column < features.length; column++) {
        double weight = point[k * width + column];
        for (int row = from; row < to; row++) {
          z[k][row - from] += weight * features[column][row];
        }
      }
    }
    double loss = 0;
    for (int row = from; row < to; row++) {
      loss += weights[row] * errors(z, row - from, classes[row], weights[row]);
    }
    double[] gradient = new double[point.length];
    for (int k = 0; k < scores; k++) {
      for (int column = 0; column < features.length; column++) {
        double sum = 0;
        for (int row = from; row < to; row++) {
          sum += z[k][row - from] * features[column][row];
        }
        gradient[k * width + column] = sum;
      }
      double sum = 0;
      for (double error : z[k]) {
        sum += error;
      }
      gradient[k * width + width - 1] = sum;
    }
    return new Part(loss, gradient);
  }

  /** Replaces the scores of a row by the weighted derivatives of its loss, which is returned. */
  private double errors(double[][] z, int at, int actual, double weight) {
    if (scores == 1) {
      double score = z[0][at];
      double probability = 1 / (1 + Math.exp(-score));
      z[0][at] = weight * (probability - actual);
      double signed = actual == 1 ? score : -score;
      return signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (double[] each : z) {
      largest = Math.max(largest, each[at]);
    }
    double sum = 0;
    for (double[] each : z) {
      sum += Math.exp(each[at] - largest);
    }
    double loss = Math.log(sum) + largest - z[actual][at];
    for (int k = 0; k < scores; k++) {
      double probability = Math.exp(z[k][at] - largest) / sum;
      z[k][at] = weight * (probability - (k == actual ? 1 : 0));
    }
    return loss;
  }
}
