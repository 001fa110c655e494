package io.fedflow.components.crypto.curve25519;

import static io.fedflow.components.crypto.curve25519.Field25519.BYTES;
import static io.fedflow.components.crypto.curve25519.Field25519.WORDS;

import java.math.BigInteger;

/**
 * Maps field elements to u coordinates of points on the curve, never to its twist: Elligator 2 with
 * the non-square 2 (Bernstein, Hamburg, Krasnova, Lange, CCS 2013; RFC 9380, 6.7.1). The points
 * still have a part of low order; {@link CurveSecret} multiplies it away.
 */
final class Elligator {

  /** The curve is v^2 = u^3 + A u^2 + u. */
  static final long A = 486_662;

  private static final long[] MINUS_A = element(BigInteger.valueOf(-A));
  private static final long[] ONE = element(BigInteger.ONE);

  private Elligator() {}

  /**
   * Maps numbers.
   *
   * @param kernel tells squares
   * @param numbers {@code count} numbers of 32 bytes, little-endian; the top bit is passed over
   * @return as many u coordinates, each below p
   */
  static byte[] map(LadderKernel kernel, byte[] numbers, int count) {
    // -A / (1 + 2 r^2) is a candidate; 1 + 2 r^2 is never 0, as -1/2 is no square.
    long[] candidates = new long[count * WORDS];
    long[] t = new long[2 * WORDS];
    for (int i = 0; i < count; i++) {
      Field25519.load(numbers, i * BYTES, t, 0);
      Field25519.square(t, 0, t, 0);
      Field25519.multiplySmall(t, 0, 2, t, 0);
      Field25519.add(t, 0, ONE, 0, candidates, i * WORDS);
    }
    FieldPowers.invertAll(candidates, count);
    byte[] curve = new byte[count * BYTES];
    for (int i = 0; i < count; i++) {
      int at = i * WORDS;
      Field25519.multiply(candidates, at, MINUS_A, 0, candidates, at);
      // u^3 + A u^2 + u = (u (u + A) + 1) u
      Field25519.subtract(candidates, at, MINUS_A, 0, t, 0);
      Field25519.multiply(candidates, at, t, 0, t, 0);
      Field25519.add(t, 0, ONE, 0, t, 0);
      Field25519.multiply(t, 0, candidates, at, t, 0);
      Field25519.store(t, 0, curve, i * BYTES);
    }
    byte[] onCurve = new byte[count];
    kernel.squares(curve, count, onCurve);
    // The candidate d stays where it is on the curve; elsewhere -d - A is.
    byte[] out = new byte[count * BYTES];
    for (int i = 0; i < count; i++) {
      Field25519.subtract(MINUS_A, 0, candidates, i * WORDS, t, 0);
      Field25519.copyIf(1 - onCurve[i], t, 0, candidates, i * WORDS);
      Field25519.store(candidates, i * WORDS, out, i * BYTES);
    }
    return out;
  }

  private static long[] element(BigInteger value) {
    byte[] bytes = new byte[BYTES];
    byte[] big = value.mod(Field25519.P).toByteArray();
    for (int i = 0; i < Math.min(BYTES, big.length); i++) {
      bytes[i] = big[big.length - 1 - i];
    }
    long[] out = new long[WORDS];
    Field25519.load(bytes, 0, out, 0);
    return out;
  }
}
