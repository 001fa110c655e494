package io.fedflow.benchmarks.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Durations in nanoseconds. Thread-safe. */
final class Latencies {

  private static final double MILLI = 1e6;

  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  void add(long duration) {
    nanos.add(duration);
  }

  /** Median, 99th percentile and maximum in milliseconds, as words. */
  @Override
  public String toString() {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length == 0) {
      return "none";
    }
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms, most %.2f ms of %d",
        at(sorted, 0.5),
        at(sorted, 0.99),
        Arrays.stream(sorted).max().orElse(0) / MILLI,
        sorted.length);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / MILLI;
  }
}
