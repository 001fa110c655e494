package io.fedflow.components.binning;

import java.util.List;

/**
 * Which of a column's first bins end a bin of its optimal binning. Immutable by convention.
 *
 * @param ends positions of first bins, ascending; the last is that of the last first bin
 * @param metric per pair of neighbours what merging them would cost, or per split by how much the
 *     classes differed
 */
record OptimalBins(int[] ends, List<Double> metric) {

  /** Copies the list. */
  OptimalBins {
    metric = List.copyOf(metric);
  }

  /**
   * Computes them from counts alone.
   *
   * @param counts shape [2][first bins]: events, then non-events
   * @param adjustment added to the counts of a bin that lacks a class
   */
  static OptimalBins of(OptimalSettings settings, long[][] counts, double adjustment) {
    return settings.metric() == MergeMetric.KS
        ? new SplitBins(settings, counts).run()
        : new MergedBins(settings, counts, adjustment).run();
  }

  /** The bins, cut where the first bins end. */
  Bins of(Bins first) {
    double[] points = first.points();
    double[] kept = new double[ends.length];
    for (int i = 0; i < ends.length; i++) {
      kept[i] = points[ends[i]];
    }
    return Bins.of(kept);
  }

  /** Counts of the bins, of counts of the first bins; shape [classes][bins]. */
  long[][] sums(long[][] counts) {
    long[][] sums = new long[counts.length][ends.length];
    for (int label = 0; label < counts.length; label++) {
      int from = 0;
      for (int bin = 0; bin < ends.length; bin++) {
        for (; from <= ends[bin]; from++) {
          sums[label][bin] += counts[label][from];
        }
      }
    }
    return sums;
  }

  static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
