package io.fedflow.components.crypto.aggregation;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Parts of sums as they cross: version (1 byte), scale bits and magnitude bits (1 byte each),
 * reserved (1), parties (4), round (8), words (4), reserved (4), then the words; little-endian. The
 * last word is a masked 0. Stateless; thread-safe.
 */
public final class MaskedParts {

  private static final byte VERSION = 1;
  static final int HEAD = 24;

  private MaskedParts() {}

  /**
   * One party's part.
   *
   * @param values shape [count], the party's own
   * @param masks one for each other party of the sum
   * @param round not negative, larger than any before with these masks, equal at all parties
   * @return what goes to the aggregator
   * @throws CryptoException {@code crypto.out-of-range} if a value is not finite or too large
   */
  public static byte[] of(double[] values, SumScale scale, List<PairMask> masks, long round) {
    if (masks.size() != scale.parties() - 1) {
      throw new CryptoException(
          Reason.SHAPE, masks.size() + " masks for a sum of " + scale.parties() + " parties");
    }
    long[] words = scale.encode(values);
    for (PairMask mask : masks) {
      mask.apply(words, round);
    }
    ByteBuffer out =
        ByteBuffer.allocate(Math.addExact(HEAD, Math.multiplyExact(words.length, Long.BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN);
    head(out, scale, words.length, round);
    out.asLongBuffer().put(words);
    return out.array();
  }

  static void head(ByteBuffer out, SumScale scale, int words, long round) {
    out.put(VERSION).put((byte) scale.scaleBits()).put((byte) scale.magnitudeBits()).put((byte) 0);
    out.putInt(scale.parties()).putLong(round).putInt(words).putInt(0);
  }
}
