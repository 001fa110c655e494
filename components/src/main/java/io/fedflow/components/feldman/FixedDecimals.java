package io.fedflow.components.feldman;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * Values with a fixed number of decimals as numbers modulo {@link PrimeGroup#Q}; those above half
 * of it are negative.
 *
 * @param decimals 0..16
 */
record FixedDecimals(int decimals) {

  private static final double LARGEST = 1e15;

  /**
   * The number of a value.
   *
   * @throws FedflowException {@code feldman.value} (INVALID) if the value is missing or beyond 1e15
   */
  BigInteger encode(String column, int row, double value) {
    if (!(Math.abs(value) <= LARGEST)) {
      throw ColumnException.of(
          "feldman.value",
          List.of(column),
          "column "
              + column
              + ", row "
              + (row + 1)
              + ": found a value that is missing or beyond 1e15, allowed are -1e15..1e15");
    }
    return new BigDecimal(value)
        .setScale(decimals, RoundingMode.HALF_EVEN)
        .unscaledValue()
        .mod(PrimeGroup.Q);
  }

  /** The value of a number. */
  double decode(BigInteger number) {
    BigInteger signed =
        number.compareTo(PrimeGroup.Q.shiftRight(1)) > 0 ? number.subtract(PrimeGroup.Q) : number;
    return new BigDecimal(signed, decimals).doubleValue();
  }
}
