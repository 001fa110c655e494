package io.fedflow.components.alignment;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.Arrays;

/** Rows that one party names to another by their positions. Stateless. */
public final class Positions {

  private Positions() {}

  /** Positions as they cross. */
  public static Payload payload(int[] rows) {
    return Payload.ofLongs(Arrays.stream(rows).asLongStream().toArray());
  }

  /**
   * Reads positions.
   *
   * @param from who sent them, for messages
   * @param rowCount every position is below it
   * @param most how many may come
   * @throws FedflowException {@code alignment.positions} of kind PEER if there are more, or one is
   *     of no row
   */
  public static int[] read(Payload payload, Party from, int rowCount, int most) {
    long[] rows = payload.asLongs();
    if (rows.length > most) {
      throw FedflowException.peer(
          "alignment.positions",
          from + ": found " + rows.length + " positions of rows, allowed are at most " + most);
    }
    int[] read = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0 || rows[i] >= rowCount) {
        throw FedflowException.peer(
            "alignment.positions",
            from + ": found position " + rows[i] + ", allowed are 0.." + (rowCount - 1));
      }
      read[i] = (int) rows[i];
    }
    return read;
  }
}
