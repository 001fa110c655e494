package io.fedflow.components.binning;

import java.util.ArrayList;
import java.util.List;

/**
 * Weight of evidence and information value of one column's bins. Immutable; all lists have one
 * element per bin.
 *
 * <p>For bin i with e events of E in all and n non-events of N: {@code woe = ln((e/E) / (n/N))},
 * {@code iv = (e/E - n/N) woe}. If e or n is 0, both get the adjustment factor added first.
 *
 * @param woe weight of evidence
 * @param iv information value
 * @param events events
 * @param nonEvents non-events
 * @param eventRates e/E, adjusted where a count is 0
 * @param nonEventRates n/N, adjusted where a count is 0
 * @param total the column's information value
 * @param monotonic whether {@code woe} never falls or never rises
 * @param optimalMetric what an optimal binning optimised, per pair of neighbours or per split;
 *     empty for other methods
 */
public record BinStatistics(
    List<Double> woe,
    List<Double> iv,
    List<Long> events,
    List<Long> nonEvents,
    List<Double> eventRates,
    List<Double> nonEventRates,
    double total,
    boolean monotonic,
    List<Double> optimalMetric) {

  /** Copies the lists. */
  public BinStatistics {
    woe = List.copyOf(woe);
    iv = List.copyOf(iv);
    events = List.copyOf(events);
    nonEvents = List.copyOf(nonEvents);
    eventRates = List.copyOf(eventRates);
    nonEventRates = List.copyOf(nonEventRates);
    optimalMetric = List.copyOf(optimalMetric);
  }

  /** The same with what an optimal binning optimised. */
  BinStatistics optimised(List<Double> metric) {
    return new BinStatistics(
        woe, iv, events, nonEvents, eventRates, nonEventRates, total, monotonic, metric);
  }

  /**
   * From counts.
   *
   * @param events events per bin; the sum is taken as 1 if it is 0
   * @param nonEvents non-events per bin, as many
   * @param adjustment added to both counts of a bin that lacks one class
   */
  public static BinStatistics of(long[] events, long[] nonEvents, double adjustment) {
    double eventTotal = Math.max(1, sum(events));
    double nonEventTotal = Math.max(1, sum(nonEvents));
    List<Double> woe = new ArrayList<>();
    List<Double> iv = new ArrayList<>();
    List<Double> eventRates = new ArrayList<>();
    List<Double> nonEventRates = new ArrayList<>();
    double total = 0;
    for (int i = 0; i < events.length; i++) {
      double added = events[i] == 0 || nonEvents[i] == 0 ? adjustment : 0;
      double eventRate = (events[i] + added) / eventTotal;
      double nonEventRate = (nonEvents[i] + added) / nonEventTotal;
      double weight = Math.log(eventRate / nonEventRate);
      double value = (eventRate - nonEventRate) * weight;
      woe.add(weight);
      iv.add(value);
      eventRates.add(eventRate);
      nonEventRates.add(nonEventRate);
      total += value;
    }
    return new BinStatistics(
        woe,
        iv,
        boxed(events),
        boxed(nonEvents),
        eventRates,
        nonEventRates,
        total,
        monotonic(woe),
        List.of());
  }

  private static boolean monotonic(List<Double> woe) {
    boolean rises = true;
    boolean falls = true;
    for (int i = 1; i < woe.size(); i++) {
      rises &= woe.get(i - 1) <= woe.get(i);
      falls &= woe.get(i - 1) >= woe.get(i);
    }
    return rises || falls;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  private static List<Long> boxed(long[] counts) {
    List<Long> boxed = new ArrayList<>(counts.length);
    for (long count : counts) {
      boxed.add(count);
    }
    return boxed;
  }
}
