package io.fedflow.components.binning;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * Splits all rows where the shares of events and non-events below differ most, then each side
 * again, breadth first and the larger side first, until there are enough bins. A side with fewer
 * rows than allowed makes it the middle instead; what still gives a side of few rows, or one that
 * lacks a class where both are wanted, is not split. Stateless but for its input.
 */
record SplitBins(OptimalSettings settings, long[][] counts) {

  private record Interval(int from, int to) {}

  /** A split before the first bin {@code at}, and how much the shares differ there. */
  private record Split(int at, double difference, long[] left, long[] right) {}

  OptimalBins run() {
    int size = counts[0].length;
    long rows = 0;
    for (int i = 0; i < size; i++) {
      rows += counts[0][i] + counts[1][i];
    }
    long least = settings.leastRows(rows);
    TreeMap<Integer, Double> splits = new TreeMap<>();
    Deque<Interval> open = new ArrayDeque<>();
    open.add(new Interval(0, size));
    while (!open.isEmpty() && splits.size() < settings.binCount() - 1) {
      Interval interval = open.poll();
      Split split = best(interval, least);
      if (split == null) {
        continue;
      }
      splits.put(split.at(), split.difference());
      Interval left = new Interval(interval.from(), split.at());
      Interval right = new Interval(split.at(), interval.to());
      boolean rightFirst = rows(split.right()) > rows(split.left());
      open.add(rightFirst ? right : left);
      open.add(rightFirst ? left : right);
    }
    List<Double> differences = new ArrayList<>(splits.values());
    if (splits.isEmpty() && size > 1 && settings.binCount() > 1) {
      // As the original does: two bins tell more than one.
      splits.put(size / 2, 0.0);
    }
    List<Integer> ends = new ArrayList<>();
    splits.keySet().forEach(at -> ends.add(at - 1));
    ends.add(size - 1);
    return new OptimalBins(OptimalBins.ints(ends), differences);
  }

  /** Where an interval is split; null if it is not. */
  private Split best(Interval interval, long least) {
    long[] totals = sum(interval.from(), interval.to());
    if (totals[0] == 0 || totals[1] == 0) {
      return null;
    }
    int chosen = interval.from();
    double largest = 0;
    long[] below = new long[2];
    for (int i = interval.from(); i < interval.to(); i++) {
      below[0] += counts[0][i];
      below[1] += counts[1][i];
      double difference = difference(below, totals);
      if (difference > largest) {
        largest = difference;
        chosen = i;
      }
    }
    int middle = interval.from() + (interval.to() - interval.from()) / 2;
    Split split = at(interval, largest == 0 ? middle : chosen, totals);
    if (rows(split.left()) < least || rows(split.right()) < least) {
      split = at(interval, middle, totals);
    }
    boolean small = rows(split.left()) < least || rows(split.right()) < least;
    boolean pure = settings.mixture() && (pure(split.left()) || pure(split.right()));
    return small || pure || split.at() == interval.to() ? null : split;
  }

  /** The split behind a first bin. */
  private Split at(Interval interval, int bin, long[] totals) {
    long[] left = sum(interval.from(), bin + 1);
    return new Split(
        bin + 1,
        difference(left, totals),
        left,
        new long[] {totals[0] - left[0], totals[1] - left[1]});
  }

  private long[] sum(int from, int to) {
    long[] sum = new long[2];
    for (int i = from; i < to; i++) {
      sum[0] += counts[0][i];
      sum[1] += counts[1][i];
    }
    return sum;
  }

  private static double difference(long[] below, long[] totals) {
    return Math.abs((double) below[0] / totals[0] - (double) below[1] / totals[1]);
  }

  private static long rows(long[] counts) {
    return counts[0] + counts[1];
  }

  private static boolean pure(long[] counts) {
    return counts[0] == 0 || counts[1] == 0;
  }
}
