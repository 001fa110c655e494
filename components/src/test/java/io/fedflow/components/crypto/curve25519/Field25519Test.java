package io.fedflow.components.crypto.curve25519;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class Field25519Test {

  private static final BigInteger P = ReferenceCurve.P;
  private static final long LOOSE = (1L << 53) - 1;
  private static final long TIGHT = (1L << 51) + (1L << 16) - 1;

  private final Random random = new Random(25519);

  @Test
  void products_ofLooseElements_areThoseOfIntegers() {
    for (int i = 0; i < 20_000; i++) {
      long[] s = elements(2, LOOSE, i);
      BigInteger a = value(s, 0);
      BigInteger b = value(s, 5);

      Field25519.multiply(s, 0, s, 5, s, 10);
      Field25519.square(s, 0, s, 15);
      Field25519.multiplySmall(s, 0, 131_071, s, 20);

      assertThat(value(s, 10)).isEqualTo(a.multiply(b).mod(P));
      assertThat(value(s, 15)).isEqualTo(a.multiply(a).mod(P));
      assertThat(value(s, 20)).isEqualTo(a.multiply(BigInteger.valueOf(131_071)).mod(P));
      assertThat(LongStream.of(s).skip(10).max().orElseThrow()).isLessThanOrEqualTo(TIGHT);
      assertThat(LongStream.of(s).min().orElseThrow()).isNotNegative();
    }
  }

  @Test
  void sumsAndDifferences_ofTightElements_areLoose() {
    for (int i = 0; i < 20_000; i++) {
      long[] s = elements(2, TIGHT, i);
      BigInteger a = value(s, 0);
      BigInteger b = value(s, 5);

      Field25519.add(s, 0, s, 5, s, 10);
      Field25519.subtract(s, 0, s, 5, s, 15);

      assertThat(value(s, 10)).isEqualTo(a.add(b).mod(P));
      assertThat(value(s, 15)).isEqualTo(a.subtract(b).mod(P));
      assertThat(LongStream.of(s).max().orElseThrow()).isLessThanOrEqualTo(LOOSE);
      assertThat(LongStream.of(s).min().orElseThrow()).isNotNegative();
    }
  }

  @Test
  void store_ofAnyElement_isTheResidueBelowP() {
    for (int i = 0; i < 20_000; i++) {
      long[] s = elements(1, LOOSE, i);
      byte[] bytes = new byte[32];
      Field25519.store(s, 0, bytes, 0);
      assertThat(Vectors.number(bytes)).isEqualTo(value(s, 0));
    }
    for (int offset = -20; offset <= 20; offset++) {
      byte[] around = Vectors.bytes(P.add(BigInteger.valueOf(offset)).mod(BigInteger.TWO.pow(255)));
      long[] s = new long[5];
      Field25519.load(around, 0, s, 0);
      byte[] bytes = new byte[32];
      Field25519.store(s, 0, bytes, 0);
      assertThat(Vectors.number(bytes)).isEqualTo(Vectors.number(around).mod(P));
    }
  }

  @Test
  void inverses_ofManyElements_areInverses() {
    for (int count : new int[] {1, 2, 63, 64, 65}) {
      long[] values = elements(count, TIGHT, 3);
      long[] inverses = values.clone();
      FieldPowers.invertAll(inverses, count);
      for (int i = 0; i < count; i++) {
        assertThat(value(inverses, 5 * i)).isEqualTo(value(values, 5 * i).modInverse(P));
      }
    }
    FieldPowers.invertAll(new long[0], 0);
  }

  @Test
  void squareSymbol_tellsSquares() {
    for (int i = 0; i < 200; i++) {
      long[] s = elements(1, TIGHT, 3);
      BigInteger a = value(s, 0);
      FieldPowers.squareSymbol(s, 0, s, 5);
      assertThat(value(s, 5)).isEqualTo(a.modPow(P.subtract(BigInteger.ONE).shiftRight(1), P));
    }
  }

  @Test
  void swapIfAndCopyIf_doSoOnlyWhenAsked() {
    long[] s = {1, 2, 3, 4, 5, -1, 7, 8, 9, 10};
    Field25519.swapIf(0, s, 0, 5);
    assertThat(s).containsExactly(1, 2, 3, 4, 5, -1, 7, 8, 9, 10);
    Field25519.swapIf(1, s, 0, 5);
    assertThat(s).containsExactly(-1, 7, 8, 9, 10, 1, 2, 3, 4, 5);
    Field25519.copyIf(0, s, 0, s, 5);
    assertThat(s).containsExactly(-1, 7, 8, 9, 10, 1, 2, 3, 4, 5);
    Field25519.copyIf(1, s, 0, s, 5);
    assertThat(s).containsExactly(-1, 7, 8, 9, 10, -1, 7, 8, 9, 10);
  }

  /**
   * Elements with limbs up to a bound, and room behind them; the first two rounds take extremes.
   */
  private long[] elements(int count, long bound, int round) {
    long[] s = new long[count * 5 + 15];
    for (int i = 0; i < count * 5; i++) {
      s[i] = round == 0 ? bound : round == 1 ? 0 : random.nextLong(bound + 1);
    }
    return s;
  }

  private static BigInteger value(long[] s, int at) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 4; i >= 0; i--) {
      value = value.shiftLeft(51).add(BigInteger.valueOf(s[at + i]));
    }
    return value.mod(P);
  }
}
