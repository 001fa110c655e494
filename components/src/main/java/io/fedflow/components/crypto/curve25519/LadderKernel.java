package io.fedflow.components.crypto.curve25519;

import java.util.Optional;

/**
 * Multiplies points by one secret number, and tells squares for the hash to the curve.
 * Implementations are stateless and thread-safe; their running time and the memory they touch
 * depend on the count alone. Further ones are found by {@link java.util.ServiceLoader}, and
 * preferred to the one that is always there.
 */
public interface LadderKernel {

  /** A short lower-case name for the job's log and for the choice by property. */
  String name();

  /**
   * Why this implementation cannot run here, in words for the job's log: a missing module, a
   * missing instruction. Empty if it can.
   */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /**
   * Multiplies u coordinates; only called if there is no {@link #obstacle()}.
   *
   * @param scalar 32 bytes, little-endian, all 256 bits count: nothing is set or cleared
   * @param points u coordinates of 32 bytes, little-endian, each below p and of no low order
   * @param from the first point to multiply, counted in points
   * @param count how many
   * @param x receives the numerators of the products, 32 bytes each from position 0, below 2^255
   *     but not always below p
   * @param z receives their denominators, likewise
   */
  void climb(byte[] scalar, byte[] points, int from, int count, byte[] x, byte[] z);

  /**
   * Tells which elements are squares modulo 2^255 - 19; only called if there is no {@link
   * #obstacle()}. This one computes them one after the other.
   *
   * @param elements of 32 bytes, little-endian, each below p and not 0
   * @param count how many, from the array's start
   * @param out receives 1 for a square and 0 for another, one byte an element from position 0
   */
  default void squares(byte[] elements, int count, byte[] out) {
    long[] t = new long[2 * Field25519.WORDS];
    byte[] symbol = new byte[Field25519.BYTES];
    for (int i = 0; i < count; i++) {
      Field25519.load(elements, i * Field25519.BYTES, t, 0);
      FieldPowers.squareSymbol(t, 0, t, Field25519.WORDS);
      // The symbol is 1 or p - 1: its lowest bit tells which.
      Field25519.store(t, Field25519.WORDS, symbol, 0);
      out[i] = (byte) (symbol[0] & 1);
    }
  }

  /**
   * The fastest implementation of this process that computes right; {@link Ladders} tells how it is
   * chosen.
   *
   * @throws io.fedflow.components.crypto.CryptoException with reason SELF_TEST if the property
   *     names one that cannot run here
   */
  static LadderKernel standard() {
    return Ladders.STANDARD.get();
  }

  /** The implementation that runs everywhere: plain Java on 64-bit integers. */
  static LadderKernel scalar() {
    return ScalarLadder.INSTANCE;
  }
}
