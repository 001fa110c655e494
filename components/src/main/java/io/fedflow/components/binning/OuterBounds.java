package io.fedflow.components.binning;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;

/**
 * Bounds around the values of a column that are none of them: the smallest and largest value, moved
 * outwards to a grid of a 64th of their distance, so that they tell no row's value exactly.
 *
 * @param least at most the smallest; positive infinity without values
 * @param most at least the largest; negative infinity without values
 */
record OuterBounds(double least, double most) {

  private static final int GRID_BITS = 6;

  static OuterBounds of(double[] ascending) {
    if (ascending.length == 0) {
      return new OuterBounds(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }
    double smallest = ascending[0];
    double largest = ascending[ascending.length - 1];
    double distance = largest - smallest;
    double size = distance > 0 ? distance : Math.max(1, Math.abs(largest));
    double step = Math.scalb(1.0, Math.getExponent(size) - GRID_BITS);
    double least = Math.floor(smallest / step) * step;
    double most = Math.ceil(largest / step) * step;
    return new OuterBounds(
        least == smallest ? least - step : least, most == largest ? most + step : most);
  }

  /**
   * Checks bounds that were received.
   *
   * @param bounds least and most of each column in turn
   * @param present whether every column must have a value; otherwise one without any has the bounds
   *     of none
   * @throws FedflowException {@code binning.message} (PEER) if a bound is not a number, or lies on
   *     the wrong side of the other
   */
  static void requireOrdered(double[] bounds, Party sender, boolean present) {
    for (int i = 0; i < bounds.length; i += 2) {
      boolean none =
          bounds[i] == Double.POSITIVE_INFINITY && bounds[i + 1] == Double.NEGATIVE_INFINITY;
      boolean ordered =
          bounds[i] < bounds[i + 1] && Double.isFinite(bounds[i]) && Double.isFinite(bounds[i + 1]);
      if (!ordered && (present || !none)) {
        throw FedflowException.peer(
            "binning.message",
            sender
                + " sent bounds of column "
                + i / 2
                + " that are not finite, or the larger first, allowed are finite ones, the smaller"
                + " first");
      }
    }
  }
}
