package io.fedflow.components.boosting;

/**
 * Cross entropy of more than two classes by softmax: targets are positions of classes. Immutable.
 */
record ManyClasses(int dimensions) implements Objective {

  @Override
  public double[] initial(double[] targets) {
    return new double[dimensions];
  }

  @Override
  public double[][] derivatives(double[][] scores, double[] targets, int dimension) {
    double[] first = new double[targets.length];
    double[] second = new double[targets.length];
    for (int row = 0; row < targets.length; row++) {
      double p = StrictMath.exp(scores[dimension][row] - logOfSum(scores, row));
      first[row] = p - (targets[row] == dimension ? 1 : 0);
      second[row] = p * (1 - p);
    }
    return new double[][] {first, second};
  }

  @Override
  public double loss(double[][] scores, double[] targets, int row) {
    return logOfSum(scores, row) - scores[(int) targets[row]][row];
  }

  @Override
  public double[][] outputs(double[][] scores) {
    int rows = scores[0].length;
    double[][] probabilities = new double[dimensions][rows];
    for (int row = 0; row < rows; row++) {
      double all = logOfSum(scores, row);
      for (int c = 0; c < dimensions; c++) {
        probabilities[c][row] = StrictMath.exp(scores[c][row] - all);
      }
    }
    return probabilities;
  }

  private double logOfSum(double[][] scores, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double[] score : scores) {
      largest = Math.max(largest, score[row]);
    }
    double sum = 0;
    for (double[] score : scores) {
      sum += StrictMath.exp(score[row] - largest);
    }
    return largest + StrictMath.log(sum);
  }
}
