package io.fedflow.components.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Binary labels ordered by descending score; counts at a threshold cost a binary search. A row is
 * predicted positive if its score is strictly above the threshold. Not changed after construction.
 */
final class RankedScores {

  private final double[] scores;
  private final int[] positivesBefore;

  /**
   * Ranks; needs at least one row.
   *
   * @param positive whether the label is the positive one; shape [rows]
   * @param scores shape [rows], no NaN; read, not retained
   */
  RankedScores(boolean[] positive, double[] scores) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[b], scores[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.scores = new double[order.length];
    this.positivesBefore = new int[order.length + 1];
    for (int rank = 0; rank < order.length; rank++) {
      // Adding zero makes -0.0 and 0.0 one score.
      this.scores[rank] = scores[order[rank]] + 0.0;
      positivesBefore[rank + 1] = positivesBefore[rank] + (positive[order[rank]] ? 1 : 0);
    }
  }

  /** Rows. */
  int count() {
    return scores.length;
  }

  /** Rows with the positive label. */
  int positives() {
    return positivesBefore[scores.length];
  }

  /** Rows with the other label. */
  int negatives() {
    return count() - positives();
  }

  /** The score at a rank, 0 for the highest. */
  double score(int rank) {
    return scores[rank];
  }

  /** The distinct scores, descending. */
  double[] distinctScores() {
    return Arrays.stream(scores).distinct().toArray();
  }

  /** What a threshold makes of the rows. */
  Counts at(double threshold) {
    int low = 0;
    int high = scores.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (scores[middle] > threshold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int truePositives = positivesBefore[low];
    int falsePositives = low - truePositives;
    return new Counts(
        truePositives, falsePositives, positives() - truePositives, negatives() - falsePositives);
  }

  /** {@link #at(double)} for each threshold. */
  Counts[] at(double[] thresholds) {
    return Arrays.stream(thresholds).mapToObj(this::at).toArray(Counts[]::new);
  }

  /**
   * A confusion matrix.
   *
   * @param tp true positives
   * @param fp false positives
   * @param fn false negatives
   * @param tn true negatives
   */
  record Counts(int tp, int fp, int fn, int tn) {

    /** Share of predicted positives that are right; 1 if none is predicted. */
    double precision() {
      return tp + fp == 0 ? 1 : (double) tp / (tp + fp);
    }

    /** Share of positives that are found; 1 if there are none. */
    double recall() {
      return tp + fn == 0 ? 1 : (double) tp / (tp + fn);
    }

    double accuracy() {
      return (double) (tp + tn) / total();
    }

    /** Share of rows predicted positive. */
    double depth() {
      return (double) (tp + fp) / total();
    }

    /** Precision against the share of positives; 1 if there are none. */
    double lift() {
      return tp + fn == 0 ? 1 : precision() * total() / (tp + fn);
    }

    double f1() {
      double sum = precision() + recall();
      return 2 * precision() * recall() / (sum == 0 ? 1e-6 : sum);
    }

    private int total() {
      return tp + fp + fn + tn;
    }
  }
}
