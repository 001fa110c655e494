package io.fedflow.components.boosting;

import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.BitSet;

/**
 * What became of the open nodes of a level. Immutable by convention.
 *
 * @param split per open node, whether it is split
 * @param leftOpen per open node, whether its left child may be split; false without a split
 * @param rightOpen per open node, the same of its right child
 * @param left rows that go left, of those in nodes that are split
 */
record LevelOutcome(boolean[] split, boolean[] leftOpen, boolean[] rightOpen, BitSet left) {

  private static final int SPLIT = 1;
  private static final int LEFT_OPEN = 2;
  private static final int RIGHT_OPEN = 4;

  /** Whether another level follows. */
  boolean goesOn() {
    for (int node = 0; node < split.length; node++) {
      if (leftOpen[node] || rightOpen[node]) {
        return true;
      }
    }
    return false;
  }

  /** The message form. Where rows are is told only if another level follows. */
  Payload encode(int rows) {
    long[] fields = new long[split.length + (goesOn() ? words(rows) : 0)];
    for (int node = 0; node < split.length; node++) {
      fields[node] =
          (split[node] ? SPLIT : 0)
              | (leftOpen[node] ? LEFT_OPEN : 0)
              | (rightOpen[node] ? RIGHT_OPEN : 0);
    }
    if (goesOn()) {
      long[] bits = left.toLongArray();
      System.arraycopy(bits, 0, fields, split.length, bits.length);
    }
    return Payload.ofLongs(fields);
  }

  /**
   * Reads the message form.
   *
   * @param open how many nodes were open
   * @throws io.fedflow.failure.FedflowException {@code boost.message} (PEER) if it makes no sense
   */
  static LevelOutcome decode(Party from, Payload payload, int open, int rows) {
    long[] fields = payload.asLongs();
    if (fields.length < open) {
      throw BoostMessages.malformed(from, fields.length + " outcomes of " + open + " nodes");
    }
    LevelOutcome outcome =
        new LevelOutcome(
            new boolean[open], new boolean[open], new boolean[open], bits(fields, open, rows));
    for (int node = 0; node < open; node++) {
      long field = fields[node];
      outcome.split[node] = (field & SPLIT) != 0;
      outcome.leftOpen[node] = (field & LEFT_OPEN) != 0;
      outcome.rightOpen[node] = (field & RIGHT_OPEN) != 0;
      if (field < 0 || field > 7 || field != 0 && !outcome.split[node]) {
        throw BoostMessages.malformed(from, "outcome " + field + " of a node");
      }
    }
    int expected = open + (outcome.goesOn() ? words(rows) : 0);
    if (fields.length != expected) {
      throw BoostMessages.malformed(from, fields.length + " numbers for a level of " + expected);
    }
    return outcome;
  }

  /** Rows as bits of a message of nothing else. */
  static Payload encodeRows(BitSet left, int rows) {
    long[] words = new long[words(rows)];
    long[] bits = left.toLongArray();
    System.arraycopy(bits, 0, words, 0, bits.length);
    return Payload.ofLongs(words);
  }

  /** Reads {@link #encodeRows}. */
  static BitSet decodeRows(Party from, Payload payload, int rows) {
    long[] words = payload.asLongs();
    if (words.length != words(rows)) {
      throw BoostMessages.malformed(from, words.length + " words of bits for " + rows + " rows");
    }
    return bits(words, 0, rows);
  }

  private static BitSet bits(long[] fields, int from, int rows) {
    BitSet bits = BitSet.valueOf(java.util.Arrays.copyOfRange(fields, from, fields.length));
    bits.clear(rows, Math.max(rows, bits.length()));
    return bits;
  }

  private static int words(int rows) {
    return (rows + Long.SIZE - 1) / Long.SIZE;
  }
}
