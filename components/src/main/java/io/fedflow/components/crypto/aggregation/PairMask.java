package io.fedflow.components.crypto.aggregation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The words that one party of a pair adds and the other subtracts: AES-256 in counter mode, with
 * the round in the upper half of the counter. Not thread-safe; its text tells nothing.
 */
public final class PairMask {

  /** Words at once: they stay close to the processor. */
  private static final int PIECE = 1024;

  private static final byte[] ZEROS = new byte[PIECE * Long.BYTES];

  private final SecretKeySpec key;
  private final boolean adds;
  private final byte[] stream = new byte[ZEROS.length];
  private final long[] words = new long[PIECE];
  private long lastRound = -1;

  PairMask(byte[] key, boolean adds) {
    this.key = new SecretKeySpec(key, "AES");
    this.adds = adds;
  }

  /**
   * Masks a vector in place.
   *
   * @param values of any length up to 2^31-1
   * @param round not negative, larger than any before: one mask on two vectors would reveal their
   *     difference
   * @throws IllegalArgumentException if the round is not larger
   */
  public void apply(long[] values, long round) {
    if (round <= lastRound) {
      throw new IllegalArgumentException(
          "round " + round + " after " + lastRound + ": a mask is used once");
    }
    lastRound = round;
    Cipher cipher = cipher(round);
    for (int at = 0; at < values.length; at += PIECE) {
      int count = Math.min(PIECE, values.length - at);
      next(cipher, count);
      if (adds) {
        for (int i = 0; i < count; i++) {
          values[at + i] += words[i];
        }
      } else {
        for (int i = 0; i < count; i++) {
          values[at + i] -= words[i];
        }
      }
    }
    Arrays.fill(words, 0);
    Arrays.fill(stream, (byte) 0);
  }

  private Cipher cipher(long round) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      byte[] counter = ByteBuffer.allocate(16).putLong(round).array();
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      return cipher;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has AES in counter mode", impossible);
    }
  }

  private void next(Cipher cipher, int count) {
    try {
      cipher.update(ZEROS, 0, count * Long.BYTES, stream, 0);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("as much room as input", impossible);
    }
    ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words, 0, count);
  }

  @Override
  public String toString() {
    return "mask of a pair";
  }
}
