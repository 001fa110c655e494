package io.fedflow.components.binning;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The different values of category columns, as they cross between parties: for each column how many
 * there are, then they, ascending. Stateless.
 */
final class CategoryValues {

  /** More values than that are hardly categories, and would tell too much of the rows. */
  static final int MOST = 1_000;

  private CategoryValues() {}

  /** As a message. */
  static Payload encode(List<double[]> columns) {
    double[] message = new double[columns.stream().mapToInt(values -> 1 + values.length).sum()];
    int at = 0;
    for (double[] values : columns) {
      message[at++] = values.length;
      System.arraycopy(values, 0, message, at, values.length);
      at += values.length;
    }
    return Payload.ofDoubles(message);
  }

  /**
   * Reads a message.
   *
   * @param columns how many it is to tell of
   * @throws FedflowException {@code binning.message} (PEER) if it is not of this form
   */
  static List<double[]> decode(Party sender, Payload payload, int columns) {
    double[] message = payload.asDoubles();
    List<double[]> decoded = new ArrayList<>();
    int at = 0;
    for (int column = 0; column < columns; column++) {
      double count = at < message.length ? message[at++] : -1;
      if (!(count >= 0) || count != Math.rint(count) || count > message.length - at) {
        throw malformed(sender, "a column of " + count + " values");
      }
      double[] values = Arrays.copyOfRange(message, at, at + (int) count);
      for (int i = 0; i < values.length; i++) {
        if (!Double.isFinite(values[i]) || i > 0 && !(values[i] > values[i - 1])) {
          throw malformed(sender, "values that are not ascending numbers");
        }
      }
      decoded.add(values);
      at += values.length;
    }
    if (at != message.length) {
      throw malformed(sender, "more than " + columns + " columns");
    }
    return decoded;
  }

  private static FedflowException malformed(Party sender, String found) {
    return FedflowException.peer("binning.message", "categories of " + sender + ": found " + found);
  }
}
