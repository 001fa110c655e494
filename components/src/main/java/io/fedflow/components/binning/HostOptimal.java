package io.fedflow.components.binning;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of a host's columns the guest is to merge by labels, and the messages about it. Immutable
 * by convention.
 *
 * @param settings how; null if there is nothing to merge
 * @param chosen for every column of the host
 */
record HostOptimal(OptimalSettings settings, boolean[] chosen) {

  private static final int SETTINGS = 5;

  /** Tells whether a column is to be merged. */
  boolean merges(int column) {
    return chosen[column];
  }

  /**
   * The host's wish.
   *
   * @param chosen for every column that it reported
   */
  static void send(
      Federation federation, Party guest, OptimalSettings settings, List<Boolean> chosen)
      throws InterruptedException {
    double[] message = new double[0];
    if (chosen.contains(true)) {
      message = java.util.Arrays.copyOf(settings.toNumbers(), SETTINGS + chosen.size());
      for (int i = 0; i < chosen.size(); i++) {
        message[SETTINGS + i] = chosen.get(i) ? 1 : 0;
      }
    }
    federation.send(guest, BinningMessages.OPTIMAL, Payload.ofDoubles(message));
  }

  /**
   * The host's wish, at the guest.
   *
   * @param columns how many columns it reported
   * @param labels that decide
   * @throws FedflowException {@code binning.message} (PEER) if it makes no sense, {@code
   *     label.classes} (INVALID) if there are more than two classes
   */
  static HostOptimal receive(Federation federation, Party host, int columns, LabelCounts labels)
      throws InterruptedException {
    double[] message = federation.receive(host, BinningMessages.OPTIMAL).asDoubles();
    if (message.length == 0) {
      return new HostOptimal(null, new boolean[columns]);
    }
    if (message.length != SETTINGS + columns) {
      throw malformed(host, message.length + " numbers of settings for " + columns + " columns");
    }
    requireTwo(labels, host + " asks for optimal binning");
    try {
      boolean[] chosen = new boolean[columns];
      for (int i = 0; i < columns; i++) {
        chosen[i] = message[SETTINGS + i] != 0;
      }
      return new HostOptimal(
          OptimalSettings.of(java.util.Arrays.copyOf(message, SETTINGS)), chosen);
    } catch (IllegalArgumentException wrong) {
      throw malformed(host, wrong.getMessage());
    }
  }

  /**
   * Optimal binning is for two classes.
   *
   * @throws FedflowException {@code label.classes} (INVALID)
   */
  static void requireTwo(LabelCounts labels, String who) {
    if (labels.several()) {
      throw FedflowException.invalid(
          "label.classes",
          "method: "
              + who
              + ", but labels have "
              + labels.labels().size()
              + " classes, allowed are 2; use quantile or bucket");
    }
  }

  /** For every merged column how many bins it has, and which first bins end them. */
  static Payload answer(List<OptimalBins> merged) {
    List<Long> numbers = new ArrayList<>();
    for (OptimalBins bins : merged) {
      numbers.add((long) bins.ends().length);
      for (int end : bins.ends()) {
        numbers.add((long) end);
      }
    }
    return Payload.ofLongs(numbers.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * The guest's answer, at the host.
   *
   * @param asked the columns that it asked about
   * @param first their first bins
   * @throws FedflowException {@code binning.message} (PEER) if it does not fit the first bins
   */
  static Map<String, Bins> receiveMerged(
      Federation federation, Party guest, List<String> asked, Map<String, Bins> first)
      throws InterruptedException {
    long[] numbers = federation.receive(guest, BinningMessages.MERGED).asLongs();
    Map<String, Bins> merged = new LinkedHashMap<>();
    int at = 0;
    for (String column : asked) {
      long count = at < numbers.length ? numbers[at++] : 0;
      if (count < 1 || count > numbers.length - at) {
        throw malformed(guest, "an answer that ends before all columns");
      }
      Bins bins = first.get(column);
      int[] ends = new int[(int) count];
      int before = -1;
      for (int i = 0; i < ends.length; i++) {
        long end = numbers[at++];
        if (end <= before || end >= bins.count()) {
          throw malformed(guest, "bins that are not in order or do not exist");
        }
        ends[i] = (int) end;
        before = ends[i];
      }
      if (before != bins.count() - 1) {
        throw malformed(guest, "bins that do not reach the last value");
      }
      merged.put(column, new OptimalBins(ends, List.of()).of(bins));
    }
    if (at != numbers.length) {
      throw malformed(guest, "an answer for more columns than asked");
    }
    return merged;
  }

  private static FedflowException malformed(Party party, String found) {
    return FedflowException.peer(
        "binning.message", "optimal bins of " + party + ": found " + found);
  }
}
