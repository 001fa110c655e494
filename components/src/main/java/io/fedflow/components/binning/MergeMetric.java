package io.fedflow.components.binning;

import java.util.Locale;

/** What optimal binning optimises. */
enum MergeMetric {
  /** Neighbours whose union loses least information value are merged first. */
  IV,
  /** Neighbours whose union gains least impurity are merged first. */
  GINI,
  /** Neighbours whose classes depend least on which of the two a row is in are merged first. */
  CHI_SQUARE,
  /** All rows are split, again and again, where the classes' shares differ most. */
  KS;

  /** The metric of a conf's name; FATE's jobs write chi_square or chi-square. */
  static MergeMetric named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The name in models. */
  String spoken() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What merging two neighbours costs; the cheapest pair is merged first.
   *
   * @param left events and non-events
   * @param right events and non-events
   * @param totals events and non-events of all rows
   * @param adjustment added to the counts of a bin that lacks a class
   */
  double cost(long[] left, long[] right, long[] totals, double adjustment) {
    long[] both = {left[0] + right[0], left[1] + right[1]};
    if (both[0] + both[1] == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return switch (this) {
      case IV ->
          information(left, totals, adjustment)
              + information(right, totals, adjustment)
              - information(both, totals, adjustment);
      case GINI -> impurity(both) - impurity(left) - impurity(right);
      case CHI_SQUARE ->
          both[0] == 0 || both[1] == 0
              ? Double.NEGATIVE_INFINITY
              : dependence(left, both) + dependence(right, both);
      case KS -> throw new IllegalStateException("this metric splits");
    };
  }

  private static double information(long[] counts, long[] totals, double adjustment) {
    double added = counts[0] == 0 || counts[1] == 0 ? adjustment : 0;
    double events = (counts[0] + added) / Math.max(1, totals[0]);
    double nonEvents = (counts[1] + added) / Math.max(1, totals[1]);
    return (events - nonEvents) * Math.log(events / nonEvents);
  }

  private static double impurity(long[] counts) {
    double rows = counts[0] + counts[1];
    if (rows == 0) {
      return 0;
    }
    double events = counts[0] / rows;
    double nonEvents = counts[1] / rows;
    return 1 - events * events - nonEvents * nonEvents;
  }

  /** One bin's part of the statistic; nothing for a bin without rows. */
  private static double dependence(long[] counts, long[] both) {
    double share = (double) (counts[0] + counts[1]) / (both[0] + both[1]);
    double sum = 0;
    for (int label = 0; label < 2 && share > 0; label++) {
      double expected = share * both[label];
      sum += (counts[label] - expected) * (counts[label] - expected) / expected;
    }
    return sum;
  }
}
