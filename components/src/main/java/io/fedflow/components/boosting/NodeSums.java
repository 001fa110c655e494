package io.fedflow.components.boosting;

/**
 * Sums over rows, exact: whole numbers at the scales of {@link Gradients}. Immutable.
 *
 * @param g first derivatives
 * @param h second derivatives
 * @param rows how many rows
 * @param scales what the whole numbers mean
 */
record NodeSums(long g, long h, long rows, Gradients.Scales scales) {

  /** The sum of first derivatives. */
  double first() {
    return Math.scalb((double) g, -scales.first());
  }

  /** The sum of second derivatives. */
  double second() {
    return Math.scalb((double) h, -scales.second());
  }

  /** What is left without a part of the rows. */
  NodeSums minus(NodeSums part) {
    return new NodeSums(g - part.g, h - part.h, rows - part.rows, scales);
  }
}
