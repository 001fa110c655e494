package io.fedflow.components.evaluation;

import java.util.ArrayList;
import java.util.List;

/** How far clusters lie apart. Immutable. Source: Davies and Bouldin 1979. */
record ClusterSeparation(ClusterTable.Shapes shapes) {

  /** How many clusters. */
  int clusters() {
    return shapes.inner().length;
  }

  /**
   * The mean over clusters of the largest ratio of two clusters' mean radii to the distance of
   * their centres; infinite if two centres are the same.
   *
   * @throws IllegalStateException if there is one cluster only, which lies apart from nothing
   */
  double daviesBouldin() {
    if (clusters() < 2) {
      throw new IllegalStateException("one cluster has no Davies-Bouldin index");
    }
    double sum = 0;
    for (int from = 0; from < clusters(); from++) {
      double worst = 0;
      for (int to = 0; to < clusters(); to++) {
        if (to != from) {
          double apart = Math.sqrt(shapes.squares()[from][to]);
          double ratio = (shapes.inner()[from] + shapes.inner()[to]) / apart;
          worst = Math.max(worst, apart == 0 ? Double.POSITIVE_INFINITY : ratio);
        }
      }
      sum += worst;
    }
    return sum / clusters();
  }

  /** For each cluster the number of the one whose centre is nearest, the first of several. */
  List<Integer> nearest() {
    List<Integer> nearest = new ArrayList<>();
    for (int from = 0; from < clusters(); from++) {
      int found = from;
      for (int to = 0; to < clusters(); to++) {
        double[] squares = shapes.squares()[from];
        if (to != from && (found == from || squares[to] < squares[found])) {
          found = to;
        }
      }
      nearest.add(found);
    }
    return nearest;
  }
}
