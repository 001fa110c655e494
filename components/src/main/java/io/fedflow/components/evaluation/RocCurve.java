package io.fedflow.components.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The receiver operating characteristic: exact, without points on straight lines. */
final class RocCurve {

  private RocCurve() {}

  /**
   * A point.
   *
   * @param fpr false positive rate
   * @param tpr true positive rate
   * @param threshold scores from here up are positive
   */
  record Point(double fpr, double tpr, double threshold) {}

  /**
   * The area under the exact curve; equal scores count half. Needs both labels.
   *
   * <p>Source: Hanley and McNeil, Radiology 1982.
   */
  static double area(RankedScores ranked) {
    double area = 0;
    int[][] corners = corners(ranked);
    for (int i = 1; i < corners.length; i++) {
      area +=
          (corners[i][0] - corners[i - 1][0]) * ((double) corners[i][1] + corners[i - 1][1]) / 2;
    }
    return area / ranked.positives() / ranked.negatives();
  }

  /** About 100 points of the curve, then (1, 1) if it is not reached. Needs both labels. */
  static List<Point> points(RankedScores ranked) {
    List<Point> exact = exact(ranked);
    Set<Point> picked = new LinkedHashSet<>();
    for (int index : Thresholds.steps(exact.size())) {
      picked.add(exact.get(index));
    }
    List<Point> points = new ArrayList<>(picked);
    Point last = points.get(points.size() - 1);
    if (last.fpr() < 1 || last.tpr() < 1) {
      points.add(new Point(1, 1, 1));
    }
    return points;
  }

  private static List<Point> exact(RankedScores ranked) {
    int[][] corners = corners(ranked);
    double[] scores = ranked.distinctScores();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < corners.length; i++) {
      boolean straight =
          i > 1
              && i < corners.length - 1
              && 2 * corners[i][0] == corners[i - 1][0] + corners[i + 1][0]
              && 2 * corners[i][1] == corners[i - 1][1] + corners[i + 1][1];
      if (!straight) {
        points.add(
            new Point(
                (double) corners[i][0] / ranked.negatives(),
                (double) corners[i][1] / ranked.positives(),
                // No score is high enough for the first point.
                i == 0 ? scores[0] + 1 : scores[i - 1]));
      }
    }
    return points;
  }

  // False and true positives before the first and after every distinct score.
  private static int[][] corners(RankedScores ranked) {
    double[] scores = ranked.distinctScores();
    int[][] corners = new int[scores.length + 1][2];
    for (int i = 1; i <= scores.length; i++) {
      RankedScores.Counts above =
          i == scores.length ? ranked.at(Double.NEGATIVE_INFINITY) : ranked.at(scores[i]);
      corners[i][0] = above.fp();
      corners[i][1] = above.tp();
    }
    return corners;
  }
}
