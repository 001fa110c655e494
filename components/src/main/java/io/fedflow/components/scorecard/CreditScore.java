package io.fedflow.components.scorecard;

/**
 * Maps a probability to a score that is higher the smaller the probability. Immutable.
 *
 * @param offset the score of a probability of one half
 * @param factor what the score gains when the odds change by {@code base}
 * @param base above 0, not 1
 * @param upper largest score
 * @param lower smallest score
 */
record CreditScore(double offset, double factor, double base, double upper, double lower) {

  private static final double HUNDRED = 100;
  private static final double ZERO = 1e-8;

  /** The score of what is no probability. */
  private static final double NONE = -1;

  /** The score, to two digits; -1 for what is no probability. */
  double of(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      return NONE;
    }
    if (probability < ZERO) {
      return rounded(upper);
    }
    if (1 - probability < ZERO) {
      return rounded(lower);
    }
    double score = offset + factor / Math.log(base) * Math.log((1 - probability) / probability);
    return rounded(Math.max(lower, Math.min(upper, score)));
  }

  private static double rounded(double score) {
    return Math.rint(score * HUNDRED) / HUNDRED;
  }
}
