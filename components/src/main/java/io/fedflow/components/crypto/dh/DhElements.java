package io.fedflow.components.crypto.dh;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/** Elements of a {@link DhGroup}, 2 to p - 2. Immutable and thread-safe. */
public final class DhElements {

  private static final byte VERSION = 1;

  private final BigInteger[] values;
  private final int width;

  /** Retains {@code values}. */
  DhElements(DhGroup group, BigInteger[] values) {
    this.values = values;
    this.width = group.width();
  }

  /** Elements in the batch. */
  public int count() {
    return values.length;
  }

  /**
   * The element at an index.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public BigInteger get(int index) {
    return values[Objects.checkIndex(index, values.length)];
  }

  /** The message form: version (1 byte), then the elements, big-endian, as wide as the prime. */
  public byte[] encode() {
    byte[] message = new byte[Math.addExact(1, Math.multiplyExact(values.length, width))];
    message[0] = VERSION;
    for (int i = 0; i < values.length; i++) {
      byte[] big = values[i].toByteArray();
      int used = Math.min(big.length, width);
      System.arraycopy(big, big.length - used, message, 1 + (i + 1) * width - used, used);
    }
    return message;
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws CryptoException with reason MALFORMED if the form is another, INVALID_POINT that names
   *     the first element that is not of [2, p - 2]
   */
  public static DhElements decode(DhGroup group, byte[] message) {
    int width = group.width();
    if (message.length == 0 || message[0] != VERSION || (message.length - 1) % width != 0) {
      throw new CryptoException(
          Reason.MALFORMED,
          "found "
              + message.length
              + " bytes, allowed are a version byte "
              + VERSION
              + " and elements of "
              + width
              + " bytes");
    }
    BigInteger[] values = new BigInteger[(message.length - 1) / width];
    BigInteger last = group.p().subtract(BigInteger.ONE);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          new BigInteger(1, Arrays.copyOfRange(message, 1 + i * width, 1 + (i + 1) * width));
      if (values[i].compareTo(BigInteger.ONE) <= 0 || values[i].compareTo(last) >= 0) {
        throw new CryptoException(
            Reason.INVALID_POINT,
            "the element at index " + i + " is not of [2, p - 2]: its order is at most 2");
      }
    }
    return new DhElements(group, values);
  }

  @Override
  public String toString() {
    return count() + " elements of " + width * 8 + " bits";
  }
}
