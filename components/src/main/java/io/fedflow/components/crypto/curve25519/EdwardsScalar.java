package io.fedflow.components.crypto.curve25519;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * A number by which a point of the twisted Edwards curve is multiplied, in the form of the multiple
 * of 8 that has the number's remainder modulo the group's order: in the group the product is the
 * number's, and a part of low order vanishes. Immutable and thread-safe.
 */
public final class EdwardsScalar {

  private final byte[] bytes;

  private EdwardsScalar(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A fresh secret, uniform in [1, order).
   *
   * @param random its source
   */
  public static EdwardsScalar generate(SecureRandom random) {
    return new EdwardsScalar(CurveSecret.clearing(CurveSecret.draw(random)));
  }

  /**
   * The number of a value.
   *
   * @param value at least 0
   * @throws IllegalArgumentException if it is negative
   */
  public static EdwardsScalar of(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("found a negative number, allowed are 0 and more");
    }
    return of(BigInteger.valueOf(value));
  }

  /** The number of a value modulo the order. */
  static EdwardsScalar of(BigInteger value) {
    return new EdwardsScalar(CurveSecret.clearing(value));
  }

  /** The multiple of 8, little-endian; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Tells nothing of the number. */
  @Override
  public String toString() {
    return "scalar of Edwards25519";
  }
}
