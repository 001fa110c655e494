package io.fedflow.components.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The population stability index of scores between training and validation.
 *
 * @param bounds edges of the score bins, ascending: the distinct quantiles of the training scores
 * @param expected training rows per bin; 1e-6 for none
 * @param actual validation rows per bin; 1e-6 for none
 * @param expectedShare of all training rows
 * @param actualShare of all validation rows
 * @param trainPositives share of positive labels per bin in training, 0 for an empty bin
 * @param validatePositives the same in validation
 * @param scores the index per bin
 */
record Psi(
    double[] bounds,
    double[] expected,
    double[] actual,
    double[] expectedShare,
    double[] actualShare,
    double[] trainPositives,
    double[] validatePositives,
    double[] scores) {

  private static final double NONE = 1e-6;

  /** Compares; both need at least one row. */
  static Psi of(RankedScores train, RankedScores validate) {
    double[] bounds = bounds(train);
    RankedScores.Counts[] trainBins = bins(train, bounds);
    RankedScores.Counts[] validateBins = bins(validate, bounds);
    double[] expected = sizes(trainBins);
    double[] actual = sizes(validateBins);
    double[] expectedShare = shares(expected, train.count());
    double[] actualShare = shares(actual, validate.count());
    double[] scores =
        IntStream.range(0, expected.length)
            .mapToDouble(
                i ->
                    (actualShare[i] - expectedShare[i])
                        * Math.log(actualShare[i] / expectedShare[i]))
            .toArray();
    return new Psi(
        bounds,
        expected,
        actual,
        expectedShare,
        actualShare,
        positives(trainBins),
        positives(validateBins),
        scores);
  }

  double total() {
    return Arrays.stream(scores).sum();
  }

  /** The bins in words: {@code [a,b)}, the last one closed. */
  List<String> intervals() {
    return IntStream.range(0, scores.length)
        .mapToObj(
            i ->
                "["
                    + Rounding.round(bounds[i])
                    + ','
                    + Rounding.round(bounds[i + 1])
                    + (i == scores.length - 1 ? ']' : ')'))
        .toList();
  }

  private static double[] bounds(RankedScores train) {
    double[] distinct = Arrays.stream(Thresholds.quantiles(train)).distinct().toArray();
    return distinct.length > 1 ? distinct : new double[] {distinct[0], distinct[0]};
  }

  // Counts of the rows in each bin; only tp and fp, the rows inside, are of use.
  private static RankedScores.Counts[] bins(RankedScores ranked, double[] bounds) {
    RankedScores.Counts[] bins = new RankedScores.Counts[bounds.length - 1];
    for (int i = 0; i < bins.length; i++) {
      RankedScores.Counts from = ranked.at(Math.nextDown(bounds[i]));
      RankedScores.Counts to =
          ranked.at(i == bins.length - 1 ? bounds[i + 1] : Math.nextDown(bounds[i + 1]));
      bins[i] = new RankedScores.Counts(from.tp() - to.tp(), from.fp() - to.fp(), 0, 0);
    }
    return bins;
  }

  private static double[] sizes(RankedScores.Counts[] bins) {
    return Arrays.stream(bins)
        .mapToDouble(bin -> bin.tp() + bin.fp() == 0 ? NONE : bin.tp() + bin.fp())
        .toArray();
  }

  private static double[] positives(RankedScores.Counts[] bins) {
    return Arrays.stream(bins)
        .mapToDouble(
            bin -> bin.tp() + bin.fp() == 0 ? 0 : (double) bin.tp() / (bin.tp() + bin.fp()))
        .toArray();
  }

  private static double[] shares(double[] sizes, int count) {
    return Arrays.stream(sizes).map(size -> size / count).toArray();
  }
}
