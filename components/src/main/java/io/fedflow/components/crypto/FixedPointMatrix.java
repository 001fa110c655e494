package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.Objects;

/**
 * A matrix of signed integers with one binary scale, by columns: entry (row, column) means {@code
 * mantissa * 2^-scaleBits}.
 *
 * <p>Products with ciphertexts cost in proportion to {@link #magnitudeBits()}: 23 bits and a sign
 * are plenty for scaled features. Scale and magnitude are public, they show in the scale and bound
 * of products. Immutable and thread-safe.
 */
public final class FixedPointMatrix {

  private static final int LARGEST_MAGNITUDE_BITS = 62;

  private final long[][] columns;
  private final int rows;
  private final int scaleBits;
  private final int magnitudeBits;

  private FixedPointMatrix(long[][] columns, int rows, int scaleBits, int magnitudeBits) {
    this.columns = columns;
    this.rows = rows;
    this.scaleBits = scaleBits;
    this.magnitudeBits = magnitudeBits;
  }

  /**
   * Encodes real numbers: {@code round(value * 2^scaleBits)}, ties to even.
   *
   * @param columns shape [columns][rows], at least one column of equal lengths; not retained
   * @param scaleBits bits behind the point, -1000..1000
   * @param magnitudeBits |mantissa| is at most 2^magnitudeBits; 1..62
   * @throws CryptoException with reason OUT_OF_RANGE that names row and column of the first value
   *     that is NaN, infinite or too large; SHAPE if lengths differ
   */
  public static FixedPointMatrix of(double[][] columns, int scaleBits, int magnitudeBits) {
    int rows = rows(columns.length, columns.length == 0 ? 0 : columns[0].length);
    double limit = Math.scalb(1.0, checkMagnitude(magnitudeBits));
    long[][] encoded = new long[columns.length][rows];
    for (int c = 0; c < columns.length; c++) {
      checkRows(c, columns[c].length, rows);
      for (int r = 0; r < rows; r++) {
        double scaled = Math.rint(Math.scalb(columns[c][r], scaleBits));
        if (!(Math.abs(scaled) <= limit)) {
          throw outOfRange(r, c);
        }
        encoded[c][r] = (long) scaled;
      }
    }
    return new FixedPointMatrix(encoded, rows, scaleBits, magnitudeBits);
  }

  /**
   * Encodes real numbers with the finest scale at which all fit. The scale tells others the largest
   * |value| to the next power of two.
   *
   * @param columns shape [columns][rows], at least one column of equal lengths; not retained
   * @param magnitudeBits |mantissa| is at most 2^magnitudeBits; 1..62
   * @throws CryptoException as {@link #of(double[][], int, int)}
   */
  public static FixedPointMatrix fit(double[][] columns, int magnitudeBits) {
    double largest = 0;
    for (double[] column : columns) {
      for (double value : column) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    int exponent = largest > 0 && largest < Double.POSITIVE_INFINITY ? exponent(largest) : 0;
    return of(columns, magnitudeBits - exponent, magnitudeBits);
  }

  /** The least e with {@code value <= 2^e}. */
  private static int exponent(double value) {
    int exponent = Math.getExponent(value);
    return Math.scalb(1.0, exponent) < value ? exponent + 1 : exponent;
  }

  /**
   * Takes integers as they are.
   *
   * @param columns shape [columns][rows], at least one column of equal lengths; copied
   * @param scaleBits the binary scale, 0 for whole numbers
   * @param magnitudeBits |mantissa| is at most 2^magnitudeBits; 1..62
   * @throws CryptoException with reason OUT_OF_RANGE that names row and column of the first value
   *     that is too large; SHAPE if lengths differ
   */
  public static FixedPointMatrix ofLongs(long[][] columns, int scaleBits, int magnitudeBits) {
    int rows = rows(columns.length, columns.length == 0 ? 0 : columns[0].length);
    long limit = 1L << checkMagnitude(magnitudeBits);
    long[][] copy = new long[columns.length][];
    for (int c = 0; c < columns.length; c++) {
      checkRows(c, columns[c].length, rows);
      copy[c] = columns[c].clone();
      for (int r = 0; r < rows; r++) {
        if (copy[c][r] > limit || copy[c][r] < -limit) {
          throw outOfRange(r, c);
        }
      }
    }
    return new FixedPointMatrix(copy, rows, scaleBits, magnitudeBits);
  }

  private static int rows(int columns, int rows) {
    if (columns == 0) {
      throw new CryptoException(Reason.SHAPE, "a matrix without columns");
    }
    return rows;
  }

  private static int checkMagnitude(int bits) {
    if (bits < 1 || bits > LARGEST_MAGNITUDE_BITS) {
      throw new IllegalArgumentException("mantissas of " + bits + " bits; 1 to 62 are allowed");
    }
    return bits;
  }

  private static void checkRows(int column, int found, int rows) {
    if (found != rows) {
      throw new CryptoException(
          Reason.SHAPE, "column " + column + " has " + found + " rows, column 0 has " + rows);
    }
  }

  private static CryptoException outOfRange(int row, int column) {
    return new CryptoException(
        Reason.OUT_OF_RANGE,
        "the value in row " + row + ", column " + column + " is not finite or exceeds its bound");
  }

  /**
   * The given rows, in that order; rows may repeat.
   *
   * @throws IndexOutOfBoundsException if a row does not exist
   */
  public FixedPointMatrix rows(int[] positions) {
    long[][] chosen = new long[columns.length][positions.length];
    for (int i = 0; i < positions.length; i++) {
      int row = Objects.checkIndex(positions[i], rows);
      for (int c = 0; c < chosen.length; c++) {
        chosen[c][i] = columns[c][row];
      }
    }
    return new FixedPointMatrix(chosen, positions.length, scaleBits, magnitudeBits);
  }

  /** Rows. */
  public int rows() {
    return rows;
  }

  /** Columns, at least 1. */
  public int columns() {
    return columns.length;
  }

  /** The binary scale. */
  public int scaleBits() {
    return scaleBits;
  }

  /** Every |mantissa| is at most 2 to this power. */
  public int magnitudeBits() {
    return magnitudeBits;
  }

  /** At least every |mantissa|. */
  BigInteger bound() {
    return BigInteger.ONE.shiftLeft(magnitudeBits);
  }

  /** The mantissas of a column, not to be changed. */
  long[] column(int index) {
    return columns[index];
  }

  @Override
  public String toString() {
    return "matrix[rows=" + rows + ", columns=" + columns.length + ", scaleBits=" + scaleBits + "]";
  }
}
