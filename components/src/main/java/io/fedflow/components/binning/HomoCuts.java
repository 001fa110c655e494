package io.fedflow.components.binning;

import io.fedflow.component.Params;
import java.util.Arrays;

/**
 * Split points of about equal counts over the rows of all parties, from ranks alone. Every party
 * computes the same ones. Stateless.
 */
final class HomoCuts {

  /** Points that are closer are one. */
  private static final double EPS = 1e-8;

  private HomoCuts() {}

  /** The bins of every column. */
  static Bins[] of(CommonRanks ranks, Params params) throws InterruptedException {
    int bins = params.integer("bin_num");
    double[][] cuts =
        params.text("method").equals(HomoBinningParameters.RECURSIVE)
            ? recursive(ranks, bins, params.number("error"), params.integer("max_iter"))
            : summary(ranks, bins, params.integer("sample_bins"));
    Bins[] all = new Bins[cuts.length];
    for (int column = 0; column < cuts.length; column++) {
      double[] points = cuts[column];
      // Whatever lies above the last cut belongs to the last bin.
      all[column] = Bins.of(distinct(points));
    }
    return all;
  }

  /** Ranks of evenly spaced points, and lines between them. */
  private static double[][] summary(CommonRanks ranks, int bins, int samples)
      throws InterruptedException {
    double[][] points = new double[ranks.columns()][samples];
    for (int column = 0; column < points.length; column++) {
      double width = ranks.most(column) - ranks.least(column);
      for (int i = 0; i < samples; i++) {
        points[column][i] = ranks.least(column) + width * i / (samples - 1);
      }
    }
    double[][] found = ranks.upTo(points);
    double[][] cuts = new double[ranks.columns()][bins];
    for (int column = 0; column < cuts.length; column++) {
      for (int bin = 1; bin <= bins; bin++) {
        double target = Math.floor((double) bin / bins * ranks.present(column));
        cuts[column][bin - 1] = interpolated(points[column], found[column], target);
      }
    }
    return cuts;
  }

  private static double interpolated(double[] points, double[] ranks, double target) {
    int at = 0;
    while (at < points.length - 1 && ranks[at] < target) {
      at++;
    }
    if (at == 0 || ranks[at] == ranks[at - 1]) {
      return points[at];
    }
    double share = (target - ranks[at - 1]) / (ranks[at] - ranks[at - 1]);
    return points[at - 1] + share * (points[at] - points[at - 1]);
  }

  /** Halves an interval for each cut until its rank is near enough. */
  private static double[][] recursive(CommonRanks ranks, int bins, double error, int rounds)
      throws InterruptedException {
    int columns = ranks.columns();
    double[][] low = new double[columns][bins];
    double[][] high = new double[columns][bins];
    double[][] points = new double[columns][bins];
    boolean[][] fixed = new boolean[columns][bins];
    for (int column = 0; column < columns; column++) {
      double width = ranks.most(column) - ranks.least(column);
      for (int bin = 0; bin < bins; bin++) {
        low[column][bin] = ranks.least(column);
        high[column][bin] = ranks.most(column);
        points[column][bin] = ranks.least(column) + width * (bin + 1) / bins;
      }
    }
    boolean open = true;
    for (int round = 0; round < rounds && open; round++) {
      double[][] found = ranks.upTo(points);
      open = false;
      for (int column = 0; column < columns; column++) {
        double total = ranks.present(column);
        double allowed = Math.ceil(error * total);
        for (int bin = 0; bin < bins; bin++) {
          double off = found[column][bin] - Math.floor((double) (bin + 1) / bins * total);
          boolean narrow = high[column][bin] - low[column][bin] < EPS;
          if (fixed[column][bin] || Math.abs(off) <= allowed || narrow) {
            fixed[column][bin] = true;
            continue;
          }
          open = true;
          double point = points[column][bin];
          if (off > 0) {
            high[column][bin] = point;
          } else {
            low[column][bin] = point;
          }
          points[column][bin] = (low[column][bin] + high[column][bin]) / 2;
        }
      }
    }
    return points;
  }

  private static double[] distinct(double[] cuts) {
    double[] sorted = Arrays.stream(cuts).map(v -> Math.abs(v) < EPS ? 0.0 : v).sorted().toArray();
    double[] kept = new double[sorted.length];
    int count = 0;
    for (double cut : sorted) {
      if (count == 0 || cut - kept[count - 1] > EPS) {
        kept[count++] = cut;
      }
    }
    return Arrays.copyOf(kept, count);
  }
}
