package io.fedflow.components.selection;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How a filter decides by values. */
enum KeepRule {
  /** Each column by itself against a bound. */
  THRESHOLD,
  /** The best so many. */
  TOP_K,
  /** The best share, rounded up. */
  TOP_PERCENTILE,
  /** By name, without values. */
  MANUAL,
  /** The best, then the best that does not go along with what is kept, and so on. */
  CORRELATION;

  /**
   * One column with its value.
   *
   * @param party tells the columns of several parties apart; 0 for the own
   * @param name the column
   * @param value what the filter judges by
   * @param threshold the bound that applies to it
   */
  record Candidate(int party, String name, double value, double threshold) {}

  /**
   * The candidates that stay. A value that is none (NaN) is worse than all others.
   *
   * @param pooled candidates of all parties that are judged together, own first
   * @param takeHigh whether high values stay
   * @param amount count or share; of no effect for {@link #THRESHOLD}
   */
  Set<Candidate> keep(List<Candidate> pooled, boolean takeHigh, double amount) {
    if (this == THRESHOLD) {
      Set<Candidate> kept = new LinkedHashSet<>();
      for (Candidate candidate : pooled) {
        if (takeHigh
            ? candidate.value() >= candidate.threshold()
            : candidate.value() <= candidate.threshold()) {
          kept.add(candidate);
        }
      }
      return kept;
    }
    int count =
        (int) Math.min(pooled.size(), this == TOP_K ? amount : Math.ceil(amount * pooled.size()));
    return new LinkedHashSet<>(pooled.stream().sorted(best(takeHigh)).limit(count).toList());
  }

  /** Best first; equal values keep their order; NaN last. */
  static Comparator<Candidate> best(boolean takeHigh) {
    // Double.compare puts NaN behind all numbers, so no order may be turned round.
    return Comparator.comparingDouble(c -> takeHigh ? -c.value() : c.value());
  }

  /** The name in confs and models. */
  String text() {
    return this == CORRELATION
        ? "Sort and filter by threshold"
        : name().toLowerCase(java.util.Locale.ROOT);
  }
}
