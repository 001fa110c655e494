package io.fedflow.components.feldman;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Numbers below a bound as they cross: version (1 byte), reserved (16), count (4) and width (4),
 * big-endian; then the numbers, little-endian. Stateless.
 */
final class Numbers {

  private static final byte VERSION = 1;
  private static final int HEAD = 1 + 16 + 4 + 4;

  private Numbers() {}

  /**
   * Packs.
   *
   * @param values of [0, bound)
   */
  static Payload payload(BigInteger[] values, BigInteger bound) {
    int width = width(bound);
    ByteBuffer out =
        ByteBuffer.allocate(Math.addExact(HEAD, Math.multiplyExact(values.length, width)));
    out.put(VERSION).put(new byte[16]).putInt(values.length).putInt(width);
    for (BigInteger value : values) {
      byte[] big = value.toByteArray();
      byte[] little = new byte[width];
      for (int i = 0; i < width && i < big.length; i++) {
        little[i] = big[big.length - 1 - i];
      }
      out.put(little);
    }
    return Payload.ofIntegers(out.array());
  }

  /**
   * Unpacks.
   *
   * @param count how many must have come
   * @throws FedflowException {@code feldman.message} of kind PEER if others came, or one is not
   *     below the bound
   */
  static BigInteger[] read(Payload payload, Party from, int count, BigInteger bound) {
    byte[] bytes = payload.as(Payload.Format.INTEGERS);
    int width = width(bound);
    if (bytes.length != HEAD + (long) count * width
        || bytes[0] != VERSION
        || ByteBuffer.wrap(bytes).getInt(HEAD - 8) != count
        || ByteBuffer.wrap(bytes).getInt(HEAD - 4) != width) {
      throw refused(
          from,
          bytes.length
              + " bytes, allowed are "
              + count
              + " numbers of "
              + width
              + " bytes; every party must choose as many columns");
    }
    BigInteger[] values = new BigInteger[count];
    byte[] big = new byte[width];
    for (int i = 0; i < count; i++) {
      for (int at = 0; at < width; at++) {
        big[width - 1 - at] = bytes[HEAD + i * width + at];
      }
      values[i] = new BigInteger(1, big);
      if (values[i].compareTo(bound) >= 0) {
        throw refused(from, "number " + i + " beyond its bound");
      }
    }
    return values;
  }

  private static int width(BigInteger bound) {
    return (bound.bitLength() + 7) / 8;
  }

  private static FedflowException refused(Party from, String found) {
    return FedflowException.peer("feldman.message", from + ": found " + found);
  }
}
