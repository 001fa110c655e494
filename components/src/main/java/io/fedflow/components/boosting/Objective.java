package io.fedflow.components.boosting;

/**
 * What trees are fitted to: a loss with its first and second derivatives. Scores have shape
 * [dimensions][rows]. Stateless or immutable; thread-safe. Functions are those of {@link
 * StrictMath}, so that trainings repeat to the bit on every machine.
 */
interface Objective {

  /** Trees of a round: one, or one for each of more than two classes. */
  int dimensions();

  /** What every row's score starts at, one per dimension. */
  double[] initial(double[] targets);

  /** Derivatives of the loss by the score of one dimension; shape [2][rows], first and second. */
  double[][] derivatives(double[][] scores, double[] targets, int dimension);

  /** The loss of one row. */
  double loss(double[][] scores, double[] targets, int row);

  /** What scores mean: probabilities of classes, or predicted values; same shape. */
  double[][] outputs(double[][] scores);

  /**
   * The mean loss.
   *
   * @param weights of the rows; null for equal ones
   */
  default double meanLoss(double[][] scores, double[] targets, double[] weights) {
    double sum = 0;
    double all = 0;
    for (int row = 0; row < targets.length; row++) {
      double weight = weights == null ? 1 : weights[row];
      sum += weight * loss(scores, targets, row);
      all += weight;
    }
    return sum / all;
  }

  /** The logistic function. */
  static double logistic(double score) {
    return 1 / (1 + StrictMath.exp(-score));
  }
}
