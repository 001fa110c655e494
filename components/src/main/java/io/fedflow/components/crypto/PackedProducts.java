package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;

/**
 * Inner products of two parties' columns over the same rows, of which one ciphertext a row carries
 * as many as the key holds: one party encrypts rows {@code sum x_i * 2^(slotBits*i)} of its columns
 * x_i, the other multiplies them with its column y by {@link EncryptedMatVec}, and slot i of the
 * result is {@code <x_i, y>}. Both derive the packing alike from the key, the number of rows and
 * the scale, none of which depends on values. Immutable and thread-safe.
 *
 * <p>For standardised columns: the mean square of a column is at most 1, but for the rounding that
 * {@link #encode} allows. No slot overflows: encoding refuses a column whose squares sum up to more
 * than {@code largest = rows * 2^(2*scaleBits) * (1 + 2^-10)}, so by Cauchy and Schwarz {@code
 * |<x_i, y>| <= largest}, whatever the columns are, and {@code largest < 2^(slotBits-1)}. The slots
 * together fit the key by the bound that {@link EncryptedMatVec} checks.
 */
public final class PackedProducts {

  /** Rounding may add so much to the squares of a column: one part in 2 to this power. */
  private static final int TOLERANCE_BITS = 10;

  private final int rows;
  private final int scaleBits;

  /** At least every |inner product| and every sum of squares. */
  private final BigInteger largest;

  private final int magnitudeBits;
  private final Slots slots;

  /**
   * The packing of a key.
   *
   * @param rows of the columns, at least 1
   * @param scaleBits bits behind the point of values of columns, 5..46
   * @throws CryptoException with reason KEY_TOO_SMALL if not even one slot fits
   */
  public PackedProducts(AdditivePublicKey key, int rows, int scaleBits) {
    if (rows < 1 || scaleBits < TOLERANCE_BITS / 2 || scaleBits > 46) {
      throw new IllegalArgumentException(
          "found " + rows + " rows of scale " + scaleBits + ", allowed are 1 or more, and 5..46");
    }
    this.rows = rows;
    this.scaleBits = scaleBits;
    BigInteger squares = BigInteger.valueOf(rows).shiftLeft(2 * scaleBits);
    this.largest = squares.add(squares.shiftRight(TOLERANCE_BITS));
    // No value exceeds the root of its column's sum of squares.
    this.magnitudeBits = (largest.bitLength() + 1) / 2;
    int slotBits = largest.bitLength() + 1;
    // What the highest slot needs, of which the bound of a product knows no better than
    // rows * 2^magnitudeBits * 2^magnitudeBits, and one bit for the slots below.
    int highest = 2 * magnitudeBits + BigInteger.valueOf(rows).bitLength() + 1;
    int room = key.largestPlaintext().bitLength() - 1;
    if (room < highest) {
      throw new CryptoException(
          Reason.KEY_TOO_SMALL,
          "products of "
              + rows
              + " rows need "
              + highest
              + " bits; a key of "
              + key.bits()
              + " bits holds "
              + room);
    }
    this.slots = new Slots(1 + (room - highest) / slotBits, slotBits);
  }

  /** How many columns one ciphertext a row carries at most. */
  public int columnsAtOnce() {
    return slots.count();
  }

  /** How many ciphertexts a row carry so many columns. */
  public int parts(int columns) {
    return (columns + slots.count() - 1) / slots.count();
  }

  /** How many of so many columns a part carries: all that fit, and the last one the rest. */
  public int columnsOf(int part, int columns) {
    return Math.min(slots.count(), columns - part * slots.count());
  }

  /**
   * Encodes columns of either party.
   *
   * @param columns shape [columns][rows], at least one; mean squares of at most 1
   * @throws CryptoException with reason OUT_OF_RANGE that names the first column whose squares sum
   *     up to more, or the first value that is too large or no number; SHAPE if rows differ
   */
  public FixedPointMatrix encode(double[][] columns) {
    FixedPointMatrix encoded = FixedPointMatrix.of(columns, scaleBits, magnitudeBits);
    if (encoded.rows() != rows) {
      throw new CryptoException(
          Reason.SHAPE, "columns of " + encoded.rows() + " rows, expected " + rows);
    }
    for (int c = 0; c < encoded.columns(); c++) {
      BigInteger squares = BigInteger.ZERO;
      for (long value : encoded.column(c)) {
        BigInteger mantissa = BigInteger.valueOf(value);
        squares = squares.add(mantissa.multiply(mantissa));
      }
      if (squares.compareTo(largest) > 0) {
        throw new CryptoException(
            Reason.OUT_OF_RANGE, "column " + c + " has a mean square above 1");
      }
    }
    return encoded;
  }

  /**
   * One plaintext a row, of the columns of a part.
   *
   * @param columns what {@link #encode} gave
   * @return shape [rows]; scale and bound are those that {@link #requireRows} expects
   */
  public PlaintextBatch pack(FixedPointMatrix columns, int part) {
    int first = part * slots.count();
    Slots used = new Slots(columnsOf(part, columns.columns()), slots.bits());
    BigInteger[] packed = new BigInteger[columns.rows()];
    for (int row = 0; row < packed.length; row++) {
      int at = row;
      packed[row] = used.join(slot -> BigInteger.valueOf(columns.column(first + slot)[at]));
    }
    return new PlaintextBatch(packed, scaleBits, packedBound());
  }

  private BigInteger packedBound() {
    return slots.filled(BigInteger.ONE.shiftLeft(magnitudeBits));
  }

  /**
   * Refuses received rows that are not packed like {@link #pack} does, as far as that shows.
   *
   * @return the rows
   * @throws CryptoException with reason MALFORMED
   */
  public CiphertextBatch requireRows(CiphertextBatch received) {
    if (received.count() != rows
        || received.scaleBits() != scaleBits
        || !received.bound().equals(packedBound())) {
      throw new CryptoException(
          Reason.MALFORMED,
          "found "
              + received.count()
              + " packed rows of scale "
              + received.scaleBits()
              + " and a bound of "
              + received.bound().bitLength()
              + " bits, allowed are "
              + rows
              + " of scale "
              + scaleBits
              + " and "
              + packedBound().bitLength()
              + " bits");
    }
    return received;
  }

  /**
   * Takes decrypted products of a part apart.
   *
   * @param products of packed rows with encoded columns, shape [other columns]
   * @param columns how many columns the part carries
   * @return inner products, shape [columns][other columns]
   * @throws CryptoException with reason MALFORMED if the scale is another, OVERFLOW that names the
   *     first plaintext that no columns of mean square 1 have as their products
   */
  public double[][] unpack(PlaintextBatch products, int columns) {
    if (products.scaleBits() != 2 * scaleBits) {
      throw new CryptoException(
          Reason.MALFORMED,
          "products of scale " + products.scaleBits() + ", expected " + 2 * scaleBits);
    }
    Slots used = new Slots(columns, slots.bits());
    double[][] sums = new double[columns][products.count()];
    for (int i = 0; i < products.count(); i++) {
      int index = i;
      BigInteger[] values =
          used.splitSigned(products.mantissa(i)).orElseThrow(() -> tooLarge(index));
      for (int column = 0; column < columns; column++) {
        if (values[column].abs().compareTo(largest) > 0) {
          throw tooLarge(index);
        }
        sums[column][i] = FixedPoint.toDouble(values[column], products.scaleBits());
      }
    }
    return sums;
  }

  private static CryptoException tooLarge(int index) {
    return new CryptoException(
        Reason.OVERFLOW,
        "the products at index " + index + " exceed those of columns of mean square 1");
  }

  @Override
  public String toString() {
    return "packed products[slots=" + slots.count() + ", slotBits=" + slots.bits() + "]";
  }
}
