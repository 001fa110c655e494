package io.fedflow.components.binning;

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
}
