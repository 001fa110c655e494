package io.fedflow.components.crypto.aggregation;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A sum at the aggregator, which takes one part of each party. Not thread-safe. */
public final class MaskedSum {

  private final SumScale scale;
  private final ByteBuffer head;
  private final long[] words;
  private int taken;

  /**
   * A sum without parts.
   *
   * @param count how many values it has
   * @param round as the parties counted it
   */
  public MaskedSum(SumScale scale, int count, long round) {
    this.scale = scale;
    this.words = new long[Math.addExact(count, 1)];
    this.head = ByteBuffer.allocate(MaskedParts.HEAD).order(ByteOrder.LITTLE_ENDIAN);
    MaskedParts.head(head, scale, words.length, round);
  }

  /**
   * Takes a party's part.
   *
   * @param from whose it is, for messages
   * @throws CryptoException {@code crypto.malformed} if it has another form, scale, round or count,
   *     {@code crypto.shape} if all parts are here
   */
  public void add(String from, byte[] part) {
    if (taken == scale.parties()) {
      throw new CryptoException(Reason.SHAPE, from + ": one part too many of a sum");
    }
    if (part.length != MaskedParts.HEAD + (long) words.length * Long.BYTES
        || ByteBuffer.wrap(part, 0, MaskedParts.HEAD).mismatch(head.rewind()) >= 0) {
      throw new CryptoException(
          Reason.MALFORMED,
          from
              + ": a part of a sum: found "
              + part.length
              + " bytes or another scale, round or number of parties, allowed are "
              + words.length
              + " words of this round");
    }
    ByteBuffer in = ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0, at = MaskedParts.HEAD; i < words.length; i++, at += Long.BYTES) {
      words[i] += in.getLong(at);
    }
    taken++;
  }

  /**
   * Opens the sum.
   *
   * @return shape [count]
   * @throws CryptoException {@code crypto.shape} if parts are missing, {@code crypto.wrong-key} if
   *     the masks do not cancel
   */
  public double[] open() {
    if (taken != scale.parties()) {
      throw new CryptoException(
          Reason.SHAPE, taken + " parts of a sum of " + scale.parties() + " parties");
    }
    return scale.decode(words);
  }
}
