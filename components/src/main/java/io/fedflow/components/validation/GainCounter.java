package io.fedflow.components.validation;

import java.util.Arrays;

/**
 * Counts, per metric, the validations since the last gain. Belongs to the party that measures; not
 * thread-safe.
 */
public final class GainCounter {

  private final double[] best;
  private final long[] withoutGain;

  /** A counter that has seen nothing; the first values are a gain. */
  public GainCounter(int metrics) {
    best = new double[metrics];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    withoutGain = new long[metrics];
  }

  /**
   * Takes the values of one validation. Larger is better; an equal value is no gain.
   *
   * @param values finite, one per metric
   * @return per metric, 0 for a gain, else the validations since the last one; a new array
   */
  public long[] update(double[] values) {
    for (int metric = 0; metric < best.length; metric++) {
      if (values[metric] > best[metric]) {
        best[metric] = values[metric];
        withoutGain[metric] = 0;
      } else {
        withoutGain[metric]++;
      }
    }
    return withoutGain.clone();
  }
}
