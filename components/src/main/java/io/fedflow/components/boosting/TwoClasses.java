package io.fedflow.components.boosting;

/** Cross entropy of two classes: targets are 0 and 1, the score is the logit of 1. Stateless. */
final class TwoClasses implements Objective {

  @Override
  public int dimensions() {
    return 1;
  }

  @Override
  public double[] initial(double[] targets) {
    return new double[1];
  }

  @Override
  public double[][] derivatives(double[][] scores, double[] targets, int dimension) {
    double[] first = new double[targets.length];
    double[] second = new double[targets.length];
    for (int row = 0; row < targets.length; row++) {
      double p = Objective.logistic(scores[0][row]);
      first[row] = p - targets[row];
      second[row] = p * (1 - p);
    }
    return new double[][] {first, second};
  }

  /** {@code ln(1 + e^-s)} for s turned towards the true class, which never overflows. */
  @Override
  public double loss(double[][] scores, double[] targets, int row) {
    double towards = targets[row] == 1 ? scores[0][row] : -scores[0][row];
    return Math.max(-towards, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(towards)));
  }

  @Override
  public double[][] outputs(double[][] scores) {
    double[] probabilities = new double[scores[0].length];
    for (int row = 0; row < probabilities.length; row++) {
      probabilities[row] = Objective.logistic(scores[0][row]);
    }
    return new double[][] {probabilities};
  }
}
