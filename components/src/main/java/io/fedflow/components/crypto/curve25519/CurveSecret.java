package io.fedflow.components.crypto.curve25519;

import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * A secret number k of one party in a Diffie–Hellman intersection: it masks hashes of own ids, and
 * points that a peer masked. Two parties' masks commute. Immutable and thread-safe.
 *
 * <p>A hash becomes k times eight times the point that Elligator 2 gives for the first 255 bits of
 * its SHA-512, which is what {@code EdwardsPoint::hash_from_bytes} and a Montgomery multiplication
 * give in curve25519-dalek 3.2.1. Nothing of k is set or cleared. Both passes multiply by a
 * multiple of eight that has the wanted remainder modulo the group's order: that spares clearing
 * the cofactor, and parts of low order that a peer added tell it nothing of k.
 */
public final class CurveSecret {

  /** The prime order of the group, 2^252 + 27742317777372353535851937790883648493. */
  static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger COFACTOR = BigInteger.valueOf(8);

  /** Points below which a piece is not worth a hand-over. */
  private static final int MINIMUM = 16;

  /** Hashes mapped at once, to share an inversion. */
  private static final int BLOCK = 256;

  private static final byte VERSION = 1;

  private final LadderKernel kernel;
  private final BigInteger k;
  private final byte[] forHashes;
  private final byte[] forPoints;

  private CurveSecret(LadderKernel kernel, BigInteger k) {
    this.kernel = kernel;
    this.k = k;
    this.forHashes = littleEndian(k.multiply(COFACTOR));
    this.forPoints = clearing(k);
  }

  /**
   * A fresh number, uniform in [1, order).
   *
   * @param random its source
   */
  public static CurveSecret generate(LadderKernel kernel, SecureRandom random) {
    return of(kernel, draw(random));
  }

  /** A fresh number, uniform in [1, order). */
  static BigInteger draw(SecureRandom random) {
    BigInteger k;
    do {
      k = new BigInteger(ORDER.bitLength(), random);
    } while (k.signum() == 0 || k.compareTo(ORDER) >= 0);
    return k;
  }

  /** The multiple of 8 that equals k modulo the order, little-endian. */
  static byte[] clearing(BigInteger k) {
    return littleEndian(k.multiply(COFACTOR.modInverse(ORDER)).mod(ORDER).multiply(COFACTOR));
  }

  /** The number k of [1, order). */
  static CurveSecret of(LadderKernel kernel, BigInteger k) {
    if (k.signum() <= 0 || k.compareTo(ORDER) >= 0) {
      throw new IllegalArgumentException("a secret outside [1, order)");
    }
    return new CurveSecret(Objects.requireNonNull(kernel, "kernel"), k);
  }

  /**
   * Reads what {@link #encodeSecret()} wrote.
   *
   * @throws CryptoException with reason MALFORMED
   */
  public static CurveSecret decodeSecret(LadderKernel kernel, byte[] bytes) {
    if (bytes.length != 1 + CurvePoints.BYTES || bytes[0] != VERSION) {
      throw new CryptoException(
          Reason.MALFORMED, "a curve secret of " + bytes.length + " bytes or another version");
    }
    BigInteger k = new BigInteger(1, Arrays.copyOfRange(bytes, 1, bytes.length));
    if (k.signum() == 0 || k.compareTo(ORDER) >= 0) {
      throw new CryptoException(Reason.MALFORMED, "a curve secret is outside [1, order)");
    }
    return of(kernel, k);
  }

  /**
   * The secret itself, for a cache that only this party can read: a version byte, then the number
   * in 32 bytes, big-endian.
   */
  public byte[] encodeSecret() {
    byte[] out = new byte[1 + CurvePoints.BYTES];
    out[0] = VERSION;
    byte[] little = littleEndian(k);
    for (int i = 0; i < little.length; i++) {
      out[out.length - 1 - i] = little[i];
    }
    return out;
  }

  /**
   * The secret that exchanges masks: what another secret masked, possibly besides further ones,
   * becomes what this one would have masked in its place.
   *
   * @param other the mask to take off
   */
  public CurveSecret insteadOf(CurveSecret other) {
    return of(kernel, k.multiply(other.k.modInverse(ORDER)).mod(ORDER));
  }

  /**
   * Masks hashes of own ids.
   *
   * @param hashes one digest an id, of any length
   * @param pool carries the work
   * @return as many points, in order
   */
  public CurvePoints maskHashes(byte[][] hashes, ComputePool pool) {
    byte[] points = new byte[Math.multiplyExact(hashes.length, CurvePoints.BYTES)];
    pool.forRanges(
        hashes.length,
        MINIMUM,
        (from, to) -> {
          for (int start = from; start < to; start += BLOCK) {
            int size = Math.min(BLOCK, to - start);
            byte[] mapped = Elligator.map(kernel, numbers(hashes, start, size), size);
            System.arraycopy(
                mapped, 0, points, start * CurvePoints.BYTES, size * CurvePoints.BYTES);
          }
          Ladders.multiply(kernel, forHashes, points, from, to - from, points);
        });
    return new CurvePoints(points);
  }

  /**
   * Masks points that a peer masked.
   *
   * @param pool carries the work
   * @return as many points, in order
   */
  public CurvePoints mask(CurvePoints points, ComputePool pool) {
    byte[] out = new byte[points.bytes().length];
    pool.forRanges(
        points.count(),
        MINIMUM,
        (from, to) -> Ladders.multiply(kernel, forPoints, points.bytes(), from, to - from, out));
    return new CurvePoints(out);
  }

  private static byte[] numbers(byte[][] hashes, int from, int count) {
    MessageDigest sha512 = sha512();
    byte[] numbers = new byte[count * CurvePoints.BYTES];
    for (int i = 0; i < count; i++) {
      byte[] digest = sha512.digest(hashes[from + i]);
      System.arraycopy(digest, 0, numbers, i * CurvePoints.BYTES, CurvePoints.BYTES);
    }
    return numbers;
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  /** A number below 2^256 as 32 bytes. */
  static byte[] littleEndian(BigInteger value) {
    byte[] big = value.toByteArray();
    byte[] out = new byte[CurvePoints.BYTES];
    for (int i = 0; i < Math.min(big.length, out.length); i++) {
      out[i] = big[big.length - 1 - i];
    }
    Arrays.fill(big, (byte) 0);
    return out;
  }

  /** Tells nothing of the number. */
  @Override
  public String toString() {
    return "curve secret";
  }
}
