package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * Signed integers with one binary scale and one declared bound: entry i means {@code mantissa(i) *
 * 2^-scaleBits}, and every |mantissa| is at most {@link #bound()}.
 *
 * <p>The bound is public: it travels with ciphertexts. Declare it from what is known beforehand,
 * not from the data. Immutable and thread-safe; {@code toString} shows no values.
 */
public final class PlaintextBatch {

  private final BigInteger[] mantissas;
  private final int scaleBits;
  private final BigInteger bound;

  PlaintextBatch(BigInteger[] mantissas, int scaleBits, BigInteger bound) {
    this.mantissas = mantissas;
    this.scaleBits = scaleBits;
    this.bound = bound;
  }

  /**
   * Integers of any size.
   *
   * @param mantissas copied; may be empty
   * @param scaleBits the binary scale, 0 for whole numbers
   * @param bound at least every |mantissa|, not negative
   * @throws CryptoException with reason OUT_OF_RANGE that names the first index above the bound
   */
  public static PlaintextBatch of(BigInteger[] mantissas, int scaleBits, BigInteger bound) {
    for (int i = 0; i < mantissas.length; i++) {
      if (mantissas[i].abs().compareTo(bound) > 0) {
        throw outOfRange(i, bound);
      }
    }
    return new PlaintextBatch(mantissas.clone(), scaleBits, bound);
  }

  /**
   * Whole numbers, scale 0.
   *
   * @param values read, not retained; may be empty
   * @param bound at least every |value|, not negative
   * @throws CryptoException with reason OUT_OF_RANGE that names the first index above the bound
   */
  public static PlaintextBatch ofLongs(long[] values, long bound) {
    BigInteger[] mantissas = new BigInteger[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] > bound || values[i] < -bound) {
        throw outOfRange(i, BigInteger.valueOf(bound));
      }
      mantissas[i] = BigInteger.valueOf(values[i]);
    }
    return new PlaintextBatch(mantissas, 0, BigInteger.valueOf(bound));
  }

  private static CryptoException outOfRange(int index, BigInteger bound) {
    return new CryptoException(
        Reason.OUT_OF_RANGE,
        "the plaintext at index " + index + " exceeds its bound of " + bound.bitLength() + " bits");
  }

  /** Entries. */
  public int count() {
    return mantissas.length;
  }

  /** The binary scale shared by all entries. */
  public int scaleBits() {
    return scaleBits;
  }

  /** At least every |mantissa|. */
  public BigInteger bound() {
    return bound;
  }

  /** The integer at an index. */
  public BigInteger mantissa(int index) {
    return mantissas[index];
  }

  /** All integers, in a new array. */
  public BigInteger[] mantissas() {
    return mantissas.clone();
  }

  /** The values, each rounded once to the nearest double. */
  public double[] toDoubles() {
    double[] values = new double[mantissas.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = FixedPoint.toDouble(mantissas[i], scaleBits);
    }
    return values;
  }

  /**
   * The integers as longs; the scale does not matter.
   *
   * @throws CryptoException with reason OUT_OF_RANGE that names the first index that needs more
   */
  public long[] toLongs() {
    long[] values = new long[mantissas.length];
    for (int i = 0; i < values.length; i++) {
      if (mantissas[i].bitLength() > 63) {
        throw new CryptoException(
            Reason.OUT_OF_RANGE, "the plaintext at index " + i + " does not fit 64 bits");
      }
      values[i] = mantissas[i].longValue();
    }
    return values;
  }

  /**
   * The entries {@code from} to {@code to - 1}.
   *
   * @throws IndexOutOfBoundsException if the range is not within the batch
   */
  public PlaintextBatch slice(int from, int to) {
    Objects.checkFromToIndex(from, to, mantissas.length);
    return new PlaintextBatch(Arrays.copyOfRange(mantissas, from, to), scaleBits, bound);
  }

  @Override
  public String toString() {
    return "plaintexts[count=" + count() + ", scaleBits=" + scaleBits + "]";
  }
}
