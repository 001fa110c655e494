package io.fedflow.components.crypto.curve25519;

import static io.fedflow.components.crypto.curve25519.Field25519.WORDS;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * A point of the twisted Edwards curve of Curve25519 (RFC 8032: {@code -x^2 + y^2 = 1 + d x^2
 * y^2}), for protocols that add points; multiplying alone is faster by {@link CurveSecret}.
 * Immutable and thread-safe.
 *
 * <p>Coordinates are extended ones (Hisil, Wong, Carter and Dawson, ASIACRYPT 2008). Their addition
 * holds for any two points, so no branch and no index depends on a point or a number, except while
 * bytes that everybody may know are read.
 */
public final class EdwardsPoint {

  /** Bytes of an encoded point. */
  public static final int BYTES = Field25519.BYTES;

  private static final int X = 0;
  private static final int Y = WORDS;
  private static final int Z = 2 * WORDS;
  private static final int T = 3 * WORDS;

  /** Elements that an addition keeps meanwhile. */
  private static final int TEMPORARIES = 8;

  private static final BigInteger D_NUMBER =
      BigInteger.valueOf(-121665)
          .multiply(BigInteger.valueOf(121666).modInverse(Field25519.P))
          .mod(Field25519.P);
  private static final long[] D = element(D_NUMBER);
  private static final long[] TWICE_D = element(D_NUMBER.shiftLeft(1).mod(Field25519.P));
  private static final long[] ROOT_OF_MINUS_ONE =
      element(
          BigInteger.TWO.modPow(Field25519.P.subtract(BigInteger.ONE).shiftRight(2), Field25519.P));
  private static final EdwardsPoint ZERO = zero();
  private static final EdwardsPoint BASE = base();

  private final long[] words;

  /** Retains {@code words}: x, y, z and t. */
  private EdwardsPoint(long[] words) {
    this.words = words;
  }

  /** The base point of RFC 8032, of prime order: the point with y = 4/5 and an even x. */
  public static EdwardsPoint generator() {
    return BASE;
  }

  /**
   * Reads a point of a peer.
   *
   * @param bytes as {@link #encode()} writes them
   * @throws CryptoException with reason MALFORMED if these are not {@value #BYTES} bytes,
   *     INVALID_POINT if they are no point of the curve in the one form that it has, or a point
   *     whose order divides 8
   */
  public static EdwardsPoint decode(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new CryptoException(
          Reason.MALFORMED,
          "a point: found " + bytes.length + " bytes, allowed are " + BYTES + " bytes");
    }
    EdwardsPoint point =
        read(bytes)
            .orElseThrow(() -> new CryptoException(Reason.INVALID_POINT, "the bytes are no point"));
    if (point.timesEight().isZero()) {
      throw new CryptoException(Reason.INVALID_POINT, "the point has low order");
    }
    return point;
  }

  /**
   * Reads a point of any order, in time that depends on the bytes.
   *
   * @param bytes {@value #BYTES} of them: y, little-endian, and the lowest bit of x as the highest
   * @return empty if the bytes are no point, or not in the one form that it has
   */
  static Optional<EdwardsPoint> read(byte[] bytes) {
    byte[] low = bytes.clone();
    int sign = low[BYTES - 1] >>> 7 & 1;
    low[BYTES - 1] &= 0x7f;
    long[] point = new long[4 * WORDS];
    Field25519.load(low, 0, point, Y);
    if (!Arrays.equals(stored(point, Y), low)) {
      return Optional.empty();
    }
    long[] u = new long[WORDS];
    long[] v = new long[WORDS];
    long[] one = element(BigInteger.ONE);
    Field25519.square(point, Y, u, 0);
    Field25519.multiply(u, 0, D, 0, v, 0);
    Field25519.subtract(u, 0, one, 0, u, 0);
    Field25519.add(v, 0, one, 0, v, 0);
    if (!rootOfQuotient(u, v, point)) {
      return Optional.empty();
    }
    byte[] x = stored(point, X);
    boolean odd = (x[0] & 1) == 1;
    if (sign == 1 && Arrays.equals(x, new byte[BYTES])) {
      return Optional.empty();
    }
    if (odd != (sign == 1)) {
      negate(point, X);
    }
    Field25519.set(1, point, Z);
    Field25519.multiply(point, X, point, Y, point, T);
    return Optional.of(new EdwardsPoint(point));
  }

  /** The sum of two points. */
  public EdwardsPoint plus(EdwardsPoint other) {
    long[] sum = new long[4 * WORDS];
    add(words, other.words, sum, new long[TEMPORARIES * WORDS]);
    return new EdwardsPoint(sum);
  }

  /** The difference of two points. */
  public EdwardsPoint minus(EdwardsPoint other) {
    long[] negative = other.words.clone();
    negate(negative, X);
    negate(negative, T);
    return plus(new EdwardsPoint(negative));
  }

  /** The point times a number; nothing is left of a part of low order. */
  public EdwardsPoint times(EdwardsScalar scalar) {
    byte[] bits = scalar.bytes();
    long[] product = ZERO.words.clone();
    long[] sum = new long[4 * WORDS];
    long[] temporary = new long[TEMPORARIES * WORDS];
    for (int bit = 8 * bits.length - 1; bit >= 0; bit--) {
      add(product, product, product, temporary);
      add(product, words, sum, temporary);
      long take = bits[bit / 8] >>> bit % 8 & 1;
      for (int coordinate = X; coordinate <= T; coordinate += WORDS) {
        Field25519.copyIf(take, sum, coordinate, product, coordinate);
      }
    }
    return new EdwardsPoint(product);
  }

  /** The point times 8, which is of prime order or zero. */
  EdwardsPoint timesEight() {
    EdwardsPoint twice = plus(this);
    EdwardsPoint four = twice.plus(twice);
    return four.plus(four);
  }

  /** Tells whether this is the neutral point. */
  boolean isZero() {
    return Arrays.equals(encode(), ZERO.encode());
  }

  /** The form of RFC 8032: y, little-endian, and the lowest bit of x as the highest. */
  public byte[] encode() {
    long[] affine = new long[3 * WORDS];
    FieldPowers.invert(words, Z, affine, 0);
    Field25519.multiply(words, X, affine, 0, affine, WORDS);
    Field25519.multiply(words, Y, affine, 0, affine, 2 * WORDS);
    byte[] bytes = stored(affine, 2 * WORDS);
    bytes[BYTES - 1] |= (byte) ((stored(affine, WORDS)[0] & 1) << 7);
    return bytes;
  }

  /** {@code out = a + b}; outputs may be inputs. */
  private static void add(long[] a, long[] b, long[] out, long[] t) {
    int at = 0;
    int bt = WORDS;
    int ct = 2 * WORDS;
    int dt = 3 * WORDS;
    int et = 4 * WORDS;
    int ft = 5 * WORDS;
    int gt = 6 * WORDS;
    int ht = 7 * WORDS;
    Field25519.subtract(a, Y, a, X, t, et);
    Field25519.subtract(b, Y, b, X, t, ft);
    Field25519.multiply(t, et, t, ft, t, at);
    Field25519.add(a, Y, a, X, t, et);
    Field25519.add(b, Y, b, X, t, ft);
    Field25519.multiply(t, et, t, ft, t, bt);
    Field25519.multiply(a, T, b, T, t, ct);
    Field25519.multiply(t, ct, TWICE_D, 0, t, ct);
    Field25519.multiply(a, Z, b, Z, t, dt);
    Field25519.multiplySmall(t, dt, 2, t, dt);
    Field25519.subtract(t, bt, t, at, t, et);
    Field25519.subtract(t, dt, t, ct, t, ft);
    Field25519.add(t, dt, t, ct, t, gt);
    Field25519.add(t, bt, t, at, t, ht);
    Field25519.multiply(t, et, t, ft, out, X);
    Field25519.multiply(t, gt, t, ht, out, Y);
    Field25519.multiply(t, ft, t, gt, out, Z);
    Field25519.multiply(t, et, t, ht, out, T);
  }

  /**
   * Writes a square root of {@code u / v} as the x of a point, by one power: {@code u v^3 (u
   * v^7)^((p-5)/8)} or that times a root of -1 (RFC 8032, 5.1.3).
   *
   * @return whether there is one
   */
  private static boolean rootOfQuotient(long[] u, long[] v, long[] point) {
    long[] v3 = new long[WORDS];
    long[] root = new long[WORDS];
    Field25519.square(v, 0, v3, 0);
    Field25519.multiply(v3, 0, v, 0, v3, 0);
    Field25519.square(v3, 0, root, 0);
    Field25519.multiply(root, 0, v, 0, root, 0);
    Field25519.multiply(root, 0, u, 0, root, 0);
    FieldPowers.rootPower(root, 0, root, 0);
    Field25519.multiply(root, 0, v3, 0, root, 0);
    Field25519.multiply(root, 0, u, 0, root, 0);
    for (int tried = 0; tried < 2; tried++) {
      long[] check = new long[WORDS];
      Field25519.square(root, 0, check, 0);
      Field25519.multiply(check, 0, v, 0, check, 0);
      if (Arrays.equals(stored(check, 0), stored(u, 0))) {
        System.arraycopy(root, 0, point, X, WORDS);
        return true;
      }
      Field25519.multiply(root, 0, ROOT_OF_MINUS_ONE, 0, root, 0);
    }
    return false;
  }

  private static void negate(long[] values, int at) {
    long[] tight = new long[2 * WORDS];
    Field25519.subtract(tight, WORDS, values, at, tight, 0);
    Field25519.multiplySmall(tight, 0, 1, values, at);
  }

  private static EdwardsPoint zero() {
    long[] words = new long[4 * WORDS];
    Field25519.set(1, words, Y);
    Field25519.set(1, words, Z);
    return new EdwardsPoint(words);
  }

  private static EdwardsPoint base() {
    BigInteger y =
        BigInteger.valueOf(4)
            .multiply(BigInteger.valueOf(5).modInverse(Field25519.P))
            .mod(Field25519.P);
    return read(CurveSecret.littleEndian(y)).orElseThrow();
  }

  private static long[] element(BigInteger number) {
    long[] words = new long[WORDS];
    Field25519.load(CurveSecret.littleEndian(number), 0, words, 0);
    return words;
  }

  private static byte[] stored(long[] words, int at) {
    byte[] bytes = new byte[BYTES];
    Field25519.store(words, at, bytes, 0);
    return bytes;
  }

  /** Tells nothing of the point. */
  @Override
  public String toString() {
    return "point of Edwards25519";
  }
}
