package io.fedflow.components.linear;

/**
 * Tells when training is over. One object for one training, asked once per iteration; not
 * thread-safe.
 */
public final class Convergence {

  private final Rule rule;
  private final double tolerance;
  private double lastLoss = Double.NaN;

  /** What is compared with the tolerance. */
  public enum Rule {
    /** {@code |loss - last loss| < tol}. */
    DIFF,
    /** {@code loss <= tol}. */
    ABS,
    /** {@code |sum of the iteration's steps|_2 < tol}. */
    WEIGHT_DIFF
  }

  /** A rule that has seen nothing yet. */
  public Convergence(Rule rule, double tolerance) {
    this.rule = rule;
    this.tolerance = tolerance;
  }

  /** Whether losses must be known. */
  public boolean needsLoss() {
    return rule != Rule.WEIGHT_DIFF;
  }

  /**
   * Whether training ends after an iteration.
   *
   * @param loss the iteration's loss; of no effect for {@link Rule#WEIGHT_DIFF}
   * @param steps the sum of the iteration's steps, all weights of all parties
   */
  public boolean reached(double loss, double[] steps) {
    double before = lastLoss;
    lastLoss = loss;
    return switch (rule) {
      case DIFF -> Math.abs(loss - before) < tolerance;
      case ABS -> loss <= tolerance;
      case WEIGHT_DIFF -> norm(steps) < tolerance;
    };
  }

  private static double norm(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
