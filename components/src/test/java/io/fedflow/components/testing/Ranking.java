package io.fedflow.components.testing;

import java.util.Arrays;

/** The area under the ROC curve. */
public final class Ranking {

  private Ranking() {}

  /** The share of pairs of a 1 and a 0 that the scores put in order; ties count half. */
  public static double auc(double[] labels, double[] scores) {
    Integer[] order = new Integer[labels.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    double wins = 0;
    double zeros = 0;
    int i = 0;
    while (i < order.length) {
      int j = i;
      double tiedZeros = 0;
      double tiedOnes = 0;
      while (j < order.length && scores[order[j]] == scores[order[i]]) {
        if (labels[order[j]] == 1) {
          tiedOnes++;
        } else {
          tiedZeros++;
        }
        j++;
      }
      wins += tiedOnes * (zeros + tiedZeros / 2);
      zeros += tiedZeros;
      i = j;
    }
    return wins / (zeros * (labels.length - zeros));
  }
}
