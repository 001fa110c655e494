package io.fedflow.components.binning;

import io.fedflow.components.crypto.PackedSums;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.Arrays;

/**
 * The guest's labels as indicators. Immutable by convention; arrays have one element per row.
 *
 * @param event 1 where the label is the larger of two, or 1 if there is only one value
 * @param nonEvent 1 elsewhere
 */
record LabelCounts(long[] event, long[] nonEvent) {

  /**
   * Reads a table's labels.
   *
   * @throws FedflowException {@code label.missing}, or {@code label.classes} for more than two
   *     values (INVALID)
   */
  static LabelCounts of(Table table) {
    double[] labels = table.label();
    if (labels == null) {
      throw FedflowException.invalid(
          "label.missing",
          "statistics need labels, but the guest's table has none; give data with labels, or set"
              + " skip_static");
    }
    if (Arrays.stream(labels).anyMatch(Double::isNaN)) {
      throw FedflowException.invalid(
          "label.missing",
          "label " + table.schema().labelName().orElse("") + ": found a missing value");
    }
    double[] classes = Arrays.stream(labels).distinct().sorted().toArray();
    if (classes.length > 2) {
      throw FedflowException.invalid(
          "label.classes",
          "label "
              + table.schema().labelName().orElse("")
              + ": found "
              + classes.length
              + " distinct values, allowed are 2; statistics of several classes are not supported"
              + " yet, set skip_static");
    }
    double eventLabel = classes.length == 2 ? classes[1] : 1;
    long[] event = new long[labels.length];
    long[] nonEvent = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      event[i] = labels[i] == eventLabel ? 1 : 0;
      nonEvent[i] = 1 - event[i];
    }
    return new LabelCounts(event, nonEvent);
  }

  /** Both indicators, event first: the slots of a packed row. */
  long[][] slots() {
    return new long[][] {event, nonEvent};
  }

  /** Statistics of a column of the guest's own. */
  BinStatistics statistics(int[] bins, int binCount, double adjustment) {
    long[] events = new long[binCount];
    long[] nonEvents = new long[binCount];
    for (int row = 0; row < bins.length; row++) {
      events[bins[row]] += event[row];
      nonEvents[bins[row]] += nonEvent[row];
    }
    return BinStatistics.of(events, nonEvents, adjustment);
  }

  /** How counts of events and non-events of at most {@code rows} rows share ciphertexts. */
  static PackedSums packing(PaillierPublicKey key, int rows) {
    return new PackedSums(key, 2, 1, rows);
  }
}
