package io.fedflow.components.intersection;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a party knows at the end of a protocol.
 *
 * @param rows its own rows in the intersection, ascending; empty if it does not learn them
 * @param count how many ids are common; empty if it does not learn that
 */
record Outcome(Optional<int[]> rows, OptionalInt count) {

  /** The rows, and so their count. */
  static Outcome of(int[] rows) {
    return new Outcome(Optional.of(rows), OptionalInt.of(rows.length));
  }

  /** The count alone. */
  static Outcome counted(int count) {
    return new Outcome(Optional.empty(), OptionalInt.of(count));
  }

  /** Nothing: the result stays at the guest. */
  static Outcome unknown() {
    return new Outcome(Optional.empty(), OptionalInt.empty());
  }
}
