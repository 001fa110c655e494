package io.fedflow.components.evaluation;

import java.util.Arrays;

/**
 * True and false positive rates at 100 shares of the rows, ending in (1, 1).
 *
 * @param cuts shares of rows, 0.00 to 0.99 and 1
 * @param fpr false positive rates
 * @param tpr true positive rates
 * @param thresholds scores at the shares; one less than the others
 */
record KsCurve(double[] cuts, double[] fpr, double[] tpr, double[] thresholds) {

  /** The curve; needs both labels. */
  static KsCurve of(RankedScores ranked) {
    double[] thresholds = Thresholds.byRow(ranked);
    RankedScores.Counts[] counts = ranked.at(thresholds);
    return new KsCurve(
        withOne(Thresholds.cuts()),
        withOne(
            Arrays.stream(counts).mapToDouble(c -> (double) c.fp() / ranked.negatives()).toArray()),
        withOne(
            Arrays.stream(counts).mapToDouble(c -> (double) c.tp() / ranked.positives()).toArray()),
        thresholds);
  }

  /** The largest distance of the rates; slightly below the exact one between the 100 points. */
  double largest() {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < thresholds.length; i++) {
      largest = Math.max(largest, tpr[i] - fpr[i]);
    }
    return largest;
  }

  private static double[] withOne(double[] values) {
    double[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = 1;
    return longer;
  }
}
