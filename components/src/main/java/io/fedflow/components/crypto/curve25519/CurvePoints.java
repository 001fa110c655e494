package io.fedflow.components.crypto.curve25519;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Points of Curve25519 by their u coordinates, none of low order. Immutable and thread-safe.
 *
 * <p>A coordinate on the curve's twist is not told apart: its group has a large prime order, too,
 * so such a point tells its sender nothing of a secret, and equals no product of a hashed id.
 */
public final class CurvePoints {

  /** Bytes of a coordinate. */
  public static final int BYTES = Field25519.BYTES;

  private static final byte VERSION = 1;

  /** All u coordinates below p of points whose order divides 8: 0, 1, -1 and two of order 8. */
  private static final List<byte[]> LOW_ORDER =
      List.of(
          HexFormat.of().parseHex("00".repeat(32)),
          HexFormat.of().parseHex("01" + "00".repeat(31)),
          HexFormat.of()
              .parseHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
          HexFormat.of()
              .parseHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
          HexFormat.of().parseHex("ec" + "ff".repeat(30) + "7f"));

  private static final byte[] P = HexFormat.of().parseHex("ed" + "ff".repeat(30) + "7f");

  private final byte[] bytes;

  /** Retains {@code bytes}, which nobody may change any more. */
  CurvePoints(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Points in the batch. */
  public int count() {
    return bytes.length / BYTES;
  }

  /**
   * A copy of the coordinate at an index, 32 bytes, little-endian.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public byte[] get(int index) {
    int from = Objects.checkIndex(index, count()) * BYTES;
    return Arrays.copyOfRange(bytes, from, from + BYTES);
  }

  /** All bytes, not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The message form: version (1 byte), then the coordinates. */
  public byte[] encode() {
    byte[] message = new byte[1 + bytes.length];
    message[0] = VERSION;
    System.arraycopy(bytes, 0, message, 1, bytes.length);
    return message;
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws CryptoException with reason MALFORMED if the form is another, INVALID_POINT that names
   *     the first point that is not below 2^255 - 19 or has low order
   */
  public static CurvePoints decode(byte[] message) {
    if (message.length == 0 || message[0] != VERSION || (message.length - 1) % BYTES != 0) {
      throw new CryptoException(
          Reason.MALFORMED,
          "found "
              + message.length
              + " bytes, allowed are a version byte "
              + VERSION
              + " and points of "
              + BYTES
              + " bytes");
    }
    CurvePoints points = new CurvePoints(Arrays.copyOfRange(message, 1, message.length));
    points.check();
    return points;
  }

  private void check() {
    for (int i = 0; i < count(); i++) {
      byte[] point = get(i);
      if (compare(point, P) >= 0) {
        throw new CryptoException(
            Reason.INVALID_POINT, "the point at index " + i + " is not below 2^255 - 19");
      }
      if (LOW_ORDER.stream().anyMatch(low -> Arrays.equals(low, point))) {
        throw new CryptoException(
            Reason.INVALID_POINT, "the point at index " + i + " has low order");
      }
    }
  }

  private static int compare(byte[] a, byte[] b) {
    for (int i = BYTES - 1; i > 0; i--) {
      if (a[i] != b[i]) {
        return Byte.compareUnsigned(a[i], b[i]);
      }
    }
    return Byte.compareUnsigned(a[0], b[0]);
  }

  @Override
  public String toString() {
    return count() + " points of Curve25519";
  }
}
