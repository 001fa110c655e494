package io.fedflow.components.linear;

/**
 * A learning rate that decays over iterations.
 *
 * @param rate the rate at iteration 0
 * @param decay how fast it falls; 0 for never
 * @param squareRoot whether it falls with the square root
 */
public record LearningRate(double rate, double decay, boolean squareRoot) {

  /** The rate at iteration t, counted from 0. */
  public double at(int t) {
    double slower = 1 + decay * t;
    return rate / (squareRoot ? Math.sqrt(slower) : slower);
  }
}
