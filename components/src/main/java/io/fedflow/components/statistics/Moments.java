package io.fedflow.components.statistics;

/**
 * Moments of the values of a column that are present. Central moments are divided by the number of
 * values, and 0 for no value. Immutable.
 *
 * @param count how many values are present
 * @param sum of them
 * @param mean 0 for no value
 * @param second the second central moment: the population variance
 * @param third the third central moment
 * @param fourth the fourth central moment
 */
public record Moments(
    int count, double sum, double mean, double second, double third, double fourth) {

  /** The moments of numbers; NaN is a missing value. */
  public static Moments of(double[] values) {
    int count = 0;
    double sum = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        count++;
        sum += value;
      }
    }
    double divisor = Math.max(1, count);
    double mean = sum / divisor;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        double distance = value - mean;
        double square = distance * distance;
        second += square;
        third += square * distance;
        fourth += square * square;
      }
    }
    return new Moments(count, sum, mean, second / divisor, third / divisor, fourth / divisor);
  }

  /** The population standard deviation. */
  public double deviation() {
    return Math.sqrt(second);
  }
}
