package io.fedflow.components.crypto.curve25519;

/**
 * Multiplies points by one secret number. Implementations are stateless and thread-safe; their
 * running time and the memory they touch depend on the count alone.
 */
public interface LadderKernel {

  /** A short lower-case name for the job's log. */
  String name();

  /**
   * Multiplies u coordinates.
   *
   * @param scalar 32 bytes, little-endian, all 256 bits count: nothing is set or cleared
   * @param points u coordinates of 32 bytes, little-endian, each below p and of no low order
   * @param from the first point to multiply, counted in points
   * @param count how many
   * @param out receives the coordinates of the products below p, at the positions of the points;
   *     may be {@code points}
   */
  void multiply(byte[] scalar, byte[] points, int from, int count, byte[] out);

  /** The implementation that runs everywhere: plain Java on 64-bit integers. */
  static LadderKernel scalar() {
    return ScalarLadder.INSTANCE;
  }
}
