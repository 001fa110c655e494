package io.fedflow.components.boosting;

/**
 * What a split is worth and whether it is allowed; what a leaf weighs. Immutable.
 *
 * @param lambda strength of the l2 penalty, at least 0
 * @param alpha strength of the l1 penalty, at least 0
 * @param leastRowsToSplit rows that a node needs
 * @param leastGain a gain must be above it
 * @param leastRowsOfLeaf rows that each side needs
 * @param leastWeightOfChild sum of second derivatives that each side needs
 */
record SplitRule(
    double lambda,
    double alpha,
    int leastRowsToSplit,
    double leastGain,
    int leastRowsOfLeaf,
    double leastWeightOfChild) {

  /** Gains nearer than this are equal. */
  static final double TIE = 1e-8;

  private static final double DIGITS = 1e10;

  /** A gain that stands for a split that is not allowed. */
  static final double NONE = Double.NEGATIVE_INFINITY;

  /** Whether a node may have a split at all; otherwise nobody is asked for one. */
  boolean divisible(long rows) {
    return rows >= leastRowsToSplit && rows >= 2L * leastRowsOfLeaf;
  }

  /** The gain of a split, {@link #NONE} for one that is not allowed. */
  double gain(NodeSums node, NodeSums left) {
    NodeSums right = node.minus(left);
    if (left.rows() < leastRowsOfLeaf
        || right.rows() < leastRowsOfLeaf
        || left.second() < leastWeightOfChild
        || right.second() < leastWeightOfChild) {
      return NONE;
    }
    double gain = score(left) + score(right) - score(node);
    return gain > leastGain ? gain : NONE;
  }

  /** The weight of a leaf, to ten digits behind the point. */
  double weight(NodeSums sums) {
    double curvature = sums.second() + lambda;
    return curvature <= 0 ? 0 : cut(-soft(sums.first()) / curvature);
  }

  private double score(NodeSums sums) {
    double slope = soft(sums.first());
    double curvature = sums.second() + lambda;
    return curvature <= 0 ? 0 : cut(slope * slope / curvature);
  }

  private double soft(double first) {
    return Math.signum(first) * Math.max(Math.abs(first) - alpha, 0);
  }

  private static double cut(double value) {
    double shifted = value * DIGITS;
    double whole = shifted < 0 ? Math.ceil(shifted) : Math.floor(shifted);
    return whole / DIGITS + 0.0;
  }
}
