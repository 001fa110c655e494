package io.fedflow.components.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers that fill every column and every bound; random ones stay far below. */
class ExtremesTest {

  private static final int DIGITS = 176;
  private static final long LARGEST = (1L << LaneProducts.DIGIT_BITS - 1) - 1;
  private static final int LANES_AND_MORE = DIGITS + LaneProducts.BLOCK;

  @BeforeEach
  void needsVectors() {
    VectorMachine.assume();
  }

  private static BigInteger largest(int sign) {
    BigInteger value = BigInteger.ZERO;
    for (int j = 0; j < DIGITS; j++) {
      value = value.shiftLeft(LaneProducts.DIGIT_BITS).add(BigInteger.valueOf(LARGEST));
    }
    return sign < 0 ? value.negate() : value;
  }

  /** All lanes hold digits of the largest magnitude. */
  private static double[] filled(int sign) {
    double[] number = new double[LANES_AND_MORE * LaneProducts.LANES];
    java.util.Arrays.fill(number, 0, DIGITS * LaneProducts.LANES, (double) sign * LARGEST);
    return number;
  }

  private static double[] upper(Random random) {
    double[] upper = new double[DIGITS];
    for (int j = 0; j < DIGITS - LaneProducts.BLOCK; j++) {
      upper[j] = random.nextLong() >> 64 - LaneProducts.DIGIT_BITS;
    }
    upper[DIGITS - LaneProducts.BLOCK - 1] = 1L << 44;
    return upper;
  }

  private static BigInteger modulus(double[] upper) {
    BigInteger value = BigInteger.ZERO;
    for (int j = DIGITS - 1; j >= 0; j--) {
      value = value.shiftLeft(LaneProducts.DIGIT_BITS).add(BigInteger.valueOf((long) upper[j]));
    }
    return value.shiftLeft(LaneProducts.BLOCK * LaneProducts.DIGIT_BITS).subtract(BigInteger.ONE);
  }

  private static void assertProduct(double[] out, BigInteger a, BigInteger b, BigInteger n) {
    BigInteger radix = BigInteger.ONE.shiftLeft(LaneProducts.DIGIT_BITS * DIGITS);
    for (int lane = 0; lane < LaneProducts.LANES; lane++) {
      BigInteger found = BigInteger.ZERO;
      for (int j = DIGITS - 1; j >= 0; j--) {
        double digit = out[j * LaneProducts.LANES + lane];
        assertThat(Math.abs(digit)).isLessThan(LARGEST + 64.0);
        found = found.shiftLeft(LaneProducts.DIGIT_BITS).add(BigInteger.valueOf((long) digit));
      }
      assertThat(found.multiply(radix).mod(n)).isEqualTo(a.multiply(b).mod(n));
    }
  }

  @Test
  void products_ofTheLargestDigits_areExact() {
    double[] upper = upper(new Random(21));
    double[] out = new double[LANES_AND_MORE * LaneProducts.LANES];
    for (int sign : new int[] {1, -1}) {
      LaneProducts.multiply(filled(1), filled(sign), upper, out, DIGITS);
      assertProduct(out, largest(1), largest(sign), modulus(upper));
    }
  }

  @Test
  void squares_ofTheLargestDigits_areExact() {
    double[] upper = upper(new Random(22));
    double[] out = new double[LANES_AND_MORE * LaneProducts.LANES];
    double[] work = new double[out.length];
    LaneProducts.square(filled(-1), work, upper, out, DIGITS);
    assertProduct(out, largest(-1), largest(-1), modulus(upper));
  }

  @Test
  void canonical_atBothEndsOfItsRange_isBelowTheModulus() {
    Random random = new Random(23);
    BigInteger n = new BigInteger(1024, random).setBit(1023).setBit(0);
    BigInteger block = BigInteger.ONE.shiftLeft(LaneProducts.BLOCK * LaneProducts.DIGIT_BITS);
    BigInteger extended = n.multiply(block.subtract(n.modInverse(block)));
    int digits = 24;
    Canonical canonical = new Canonical(n, digits);
    byte[] bytes = new byte[128];
    for (int i = 1; i <= 60; i++) {
      BigInteger magnitude = extended.subtract(BigInteger.valueOf(i).pow(9));
      for (int sign : new int[] {1, -1}) {
        double[] signed = LaneDigits.of(magnitude, digits);
        long[] columns = new long[canonical.columns()];
        for (int j = 0; j < digits; j++) {
          Canonical.split(sign * (long) signed[j], columns, j);
        }
        canonical.write(columns, bytes, 0, bytes.length);
        byte[] bigEndian = new byte[bytes.length];
        for (int b = 0; b < bytes.length; b++) {
          bigEndian[b] = bytes[bytes.length - 1 - b];
        }
        BigInteger value = magnitude.multiply(BigInteger.valueOf(sign));
        assertThat(new BigInteger(1, bigEndian))
            .isEqualTo(value.multiply(block.modInverse(n)).mod(n));
      }
    }
  }
}
