package io.fedflow.components.binning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Merges neighbouring bins, the cheapest pair first: until none lacks a class (if that is wanted),
 * until none is small, until there are few enough. No merge makes a bin of too many rows, so that a
 * wish may stay open. Equal costs are taken from the left. Not thread-safe.
 */
final class MergedBins {

  /** What a phase works off: bins with a fault, in pairs that both have it or one of which has. */
  private record Phase(Predicate<Bucket> fault, boolean both) {}

  private record Pair(Bucket left, Bucket right, double cost) {}

  /** A bin while others are merged. */
  private static final class Bucket {
    private final long[] counts;
    private final int first;
    private final int end;
    private Bucket before;
    private Bucket after;
    private boolean merged;

    Bucket(long[] counts, int first, int end) {
      this.counts = counts;
      this.first = first;
      this.end = end;
    }

    long rows() {
      return counts[0] + counts[1];
    }

    boolean pure() {
      return counts[0] == 0 || counts[1] == 0;
    }
  }

  private final OptimalSettings settings;
  private final double adjustment;
  private final long[] totals = new long[2];
  private final long least;
  private final long most;
  private Bucket head;
  private int count;

  MergedBins(OptimalSettings settings, long[][] counts, double adjustment) {
    this.settings = settings;
    this.adjustment = adjustment;
    Bucket last = null;
    for (int i = 0; i < counts[0].length; i++) {
      Bucket bucket = new Bucket(new long[] {counts[0][i], counts[1][i]}, i, i);
      totals[0] += counts[0][i];
      totals[1] += counts[1][i];
      bucket.before = last;
      if (last == null) {
        head = bucket;
      } else {
        last.after = bucket;
      }
      last = bucket;
      count++;
    }
    this.least = settings.leastRows(totals[0] + totals[1]);
    this.most = settings.mostRows(totals[0] + totals[1]);
  }

  OptimalBins run() {
    if (settings.mixture()) {
      workOff(new Phase(Bucket::pure, true));
      workOff(new Phase(Bucket::pure, false));
    }
    workOff(new Phase(bucket -> bucket.rows() < least, true));
    workOff(new Phase(bucket -> bucket.rows() < least, false));
    PriorityQueue<Pair> pairs = pairs((left, right) -> true);
    while (count > settings.binCount() && !pairs.isEmpty()) {
      mergeNext(pairs, (left, right) -> true);
    }
    List<Integer> ends = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    for (Bucket bucket = head; bucket != null; bucket = bucket.after) {
      ends.add(bucket.end);
      if (bucket.after != null) {
        costs.add(cost(bucket, bucket.after));
      }
    }
    return new OptimalBins(OptimalBins.ints(ends), costs);
  }

  private interface Allowed {
    boolean test(Bucket left, Bucket right);
  }

  private void workOff(Phase phase) {
    Predicate<Bucket> fault = phase.fault();
    Allowed allowed =
        phase.both()
            ? (left, right) -> fault.test(left) && fault.test(right)
            : (left, right) -> fault.test(left) || fault.test(right);
    // A pair is there only if it has a fault, so the phase ends by itself when no bin has one.
    PriorityQueue<Pair> pairs = pairs(allowed);
    while (!pairs.isEmpty()) {
      mergeNext(pairs, allowed);
    }
  }

  private PriorityQueue<Pair> pairs(Allowed allowed) {
    PriorityQueue<Pair> pairs =
        new PriorityQueue<>(
            Comparator.comparingDouble(Pair::cost).thenComparingInt(pair -> pair.left().first));
    for (Bucket bucket = head; bucket != null; bucket = bucket.after) {
      offer(pairs, bucket, bucket.after, allowed);
    }
    return pairs;
  }

  private void offer(PriorityQueue<Pair> pairs, Bucket left, Bucket right, Allowed allowed) {
    if (left != null
        && right != null
        && left.rows() + right.rows() <= most
        && allowed.test(left, right)) {
      pairs.add(new Pair(left, right, cost(left, right)));
    }
  }

  private void mergeNext(PriorityQueue<Pair> pairs, Allowed allowed) {
    Pair next = pairs.poll();
    Bucket left = next.left();
    Bucket right = next.right();
    if (left.merged || right.merged) {
      return;
    }
    Bucket both =
        new Bucket(
            new long[] {left.counts[0] + right.counts[0], left.counts[1] + right.counts[1]},
            left.first,
            right.end);
    left.merged = true;
    right.merged = true;
    both.before = left.before;
    both.after = right.after;
    if (both.before == null) {
      head = both;
    } else {
      both.before.after = both;
    }
    if (both.after != null) {
      both.after.before = both;
    }
    count--;
    offer(pairs, both.before, both, allowed);
    offer(pairs, both, both.after, allowed);
  }

  private double cost(Bucket left, Bucket right) {
    return settings.metric().cost(left.counts, right.counts, totals, adjustment);
  }
}
