package io.fedflow.components.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Where curves are evaluated. The arithmetic is FATE's, down to the order of operations. */
final class Thresholds {

  private static final int POINTS = 100;
  private static final int QUANTILES = 20;

  private Thresholds() {}

  /** 0.00, 0.01 ... 0.99. */
  static double[] fixed() {
    return IntStream.range(0, POINTS).mapToDouble(i -> i * 0.01).toArray();
  }

  /** The shares 0/100 ... 99/100 of rows at which KS is taken. */
  static double[] cuts() {
    return IntStream.range(0, POINTS).mapToDouble(i -> i / 100.0).toArray();
  }

  /** The scores at the shares of {@link #cuts()} of all rows, highest first. */
  static double[] byRow(RankedScores ranked) {
    return Arrays.stream(cuts()).map(cut -> ranked.score((int) (ranked.count() * cut))).toArray();
  }

  /** 100 of some values at equal steps of position; values repeat if there are fewer. */
  static int[] steps(int size) {
    return Arrays.stream(fixed()).mapToInt(cut -> (int) (size * cut)).toArray();
  }

  /** 100 of the distinct scores, highest first. */
  static double[] byDistinctScore(RankedScores ranked) {
    double[] distinct = ranked.distinctScores();
    return Arrays.stream(steps(distinct.length)).mapToDouble(i -> distinct[i]).toArray();
  }

  /** The 21 quantiles 0, 0.05 ... 1 of the scores, each the nearest score; ascending. */
  static double[] quantiles(RankedScores ranked) {
    int last = ranked.count() - 1;
    return IntStream.rangeClosed(0, QUANTILES)
        .mapToDouble(i -> i == QUANTILES ? 1.0 : i * 0.05)
        .map(share -> ranked.score(last - (int) Math.rint(last * share)))
        .toArray();
  }
}
