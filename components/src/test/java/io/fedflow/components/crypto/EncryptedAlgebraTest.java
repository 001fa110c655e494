package io.fedflow.components.crypto;

import static io.fedflow.components.crypto.AdditiveCipherContract.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedAlgebraTest {

  private final AdditiveOwner owner = Keys.owner();
  private final AdditiveCipher cipher = Keys.cipher(ComputePool.inline());

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,2,23", "7,1,62", "60,3,23", "200,2,8", "600,1,12", "0,2,8"})
  void transposeTimes_randomIntegers_agreesWithPlain(int rows, int columns, int bits) {
    Random random = new Random(rows);
    long limit = 1L << bits;
    long[] d = random.longs(rows, -1000, 1001).toArray();
    long[][] x = new long[columns][];
    for (int c = 0; c < columns; c++) {
      x[c] = random.longs(rows, -limit, limit + 1).toArray();
      for (int r = 0; r < Math.min(rows, 3); r++) {
        x[c][r] = new long[] {limit, -limit, 0}[r];
      }
    }
    CiphertextBatch product =
        new EncryptedMatVec(cipher)
            .transposeTimes(FixedPointMatrix.ofLongs(x, 0, bits), encrypt(d, 1000));

    PlaintextBatch found = owner.decrypt(product);

    for (int c = 0; c < columns; c++) {
      java.math.BigInteger expected = java.math.BigInteger.ZERO;
      for (int r = 0; r < rows; r++) {
        expected =
            expected.add(
                java.math.BigInteger.valueOf(x[c][r]).multiply(java.math.BigInteger.valueOf(d[r])));
      }
      assertThat(found.mantissa(c)).isEqualTo(expected);
      assertThat(expected.abs()).isLessThanOrEqualTo(product.bound());
    }
  }

  @Test
  void transposeTimes_realNumbers_staysWithinTheRounding() {
    Random random = new Random(31);
    int rows = 50;
    double[] d = random.doubles(rows, -1, 1).toArray();
    double[][] x = {random.doubles(rows, -3, 3).toArray(), random.doubles(rows, -3, 3).toArray()};
    FixedPointMatrix matrix = FixedPointMatrix.fit(x, 23);
    assertThat(matrix.scaleBits()).isEqualTo(21);
    CiphertextBatch encrypted = cipher.encrypt(new FixedPoint(40, 1).encode(d), Keys.seeded(31));

    double[] found =
        owner.decrypt(new EncryptedMatVec(cipher).transposeTimes(matrix, encrypted)).toDoubles();

    for (int c = 0; c < 2; c++) {
      double expected = 0;
      for (int r = 0; r < rows; r++) {
        expected += x[c][r] * d[r];
      }
      // Each of the rows carries half a step of the matrix and far less of the vector.
      assertThat(found[c]).isCloseTo(expected, within(rows * Math.scalb(1.0, -21)));
    }
  }

  @Test
  void transposeTimes_wrongRowsOrTooLarge_isRefused() {
    FixedPointMatrix x = FixedPointMatrix.ofLongs(new long[][] {{1, 2}}, 0, 62);
    EncryptedMatVec products = new EncryptedMatVec(cipher);
    refused(Reason.SHAPE, () -> products.transposeTimes(x, encrypt(new long[] {1}, 1)));
    CiphertextBatch large = cipher.shiftLeft(encrypt(new long[] {1, 1}, 1), 970);
    refused(Reason.OVERFLOW, () -> products.transposeTimes(x, large));
    refused(Reason.OUT_OF_RANGE, () -> FixedPointMatrix.fit(new double[][] {{1, Double.NaN}}, 23));
    refused(
        Reason.OUT_OF_RANGE,
        () -> FixedPointMatrix.fit(new double[][] {{Double.POSITIVE_INFINITY}}, 23));
    refused(Reason.OUT_OF_RANGE, () -> FixedPointMatrix.of(new double[][] {{2}}, 23, 23));
    refused(Reason.SHAPE, () -> FixedPointMatrix.fit(new double[][] {{1}, {}}, 23));
  }

  @Test
  void digits_everyWindow_sumToTheInteger() {
    Random random = new Random(32);
    for (int rows : new int[] {1, 10, 100, 1000, 10_000, 100_000}) {
      for (int bits = 1; bits <= 62; bits++) {
        SignedDigits digits = SignedDigits.cheapest(rows, bits);
        for (int i = 0; i < 50; i++) {
          long limit = 1L << bits;
          long value = i == 0 ? limit : i == 1 ? -limit : random.nextLong() % limit;
          long sum = 0;
          for (int position = digits.count() - 1; position >= 0; position--) {
            int digit = digits.digit(value, position);
            assertThat(Math.abs(digit)).isLessThanOrEqualTo(digits.buckets());
            sum = (sum << digits.window()) + digit;
          }
          assertThat(sum).isEqualTo(value);
        }
      }
    }
  }

  @Test
  void histogram_randomBins_agreesWithPlain() {
    Random random = new Random(33);
    int rows = 1500;
    long[] values = random.longs(rows, -50, 51).toArray();
    int[] binCounts = {4, 1, 7};
    int[][] bins = new int[3][rows];
    long[] expected = new long[12];
    int offset = 0;
    for (int c = 0; c < 3; c++) {
      for (int r = 0; r < rows; r++) {
        bins[c][r] = random.nextInt(binCounts[c] + 1) - 1;
        if (c == 2 && bins[c][r] == 5) {
          bins[c][r] = EncryptedHistogram.NO_BIN; // leaves a bin empty
        }
        if (bins[c][r] >= 0) {
          expected[offset + bins[c][r]] += values[r];
        }
      }
      offset += binCounts[c];
    }
    CiphertextBatch encrypted = encrypt(values, 50);

    CiphertextBatch sums = new EncryptedHistogram(cipher).sums(bins, binCounts, encrypted);

    assertThat(owner.decrypt(sums).toLongs()).containsExactly(expected);
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      AdditiveCipher wide = Keys.cipher(ComputePool.of(executor, 3));
      assertThat(new EncryptedHistogram(wide).sums(bins, binCounts, encrypted).encode())
          .isEqualTo(sums.encode());
    } finally {
      executor.shutdown();
    }
    bins[1][3] = 1;
    refused(
        Reason.OUT_OF_RANGE, () -> new EncryptedHistogram(cipher).sums(bins, binCounts, encrypted));
    refused(
        Reason.SHAPE,
        () -> new EncryptedHistogram(cipher).sums(new int[][] {{0}}, new int[] {1}, encrypted));
  }

  @Test
  void packing_sumsOfPacked_unpackToSums() {
    CounterPacking packing = CounterPacking.forSums(5, 3, 20, Keys.PAIR.publicKey());
    Random random = new Random(34);
    long[][] counters = new long[5][20];
    long[] expected = new long[5];
    for (int s = 0; s < 5; s++) {
      for (int i = 0; i < 20; i++) {
        counters[s][i] = s == 0 ? 3 : random.nextInt(4);
        expected[s] += counters[s][i];
      }
    }
    CiphertextBatch packed = cipher.encrypt(packing.pack(counters), Keys.seeded(34));

    long[][] sums = packing.unpack(owner.decrypt(cipher.sum(packed)));

    for (int s = 0; s < 5; s++) {
      assertThat(sums[s]).containsExactly(expected[s]);
    }
    CiphertextBatch twice = cipher.sum(cipher.concat(java.util.List.of(packed, packed)));
    refused(Reason.OVERFLOW, () -> packing.unpack(owner.decrypt(twice)));
    counters[2][1] = 4;
    refused(Reason.OUT_OF_RANGE, () -> packing.pack(counters));
  }

  @Test
  void packing_beyondTheKey_isRefused() {
    PaillierPublicKey key = Keys.PAIR.publicKey();
    int slots = CounterPacking.slotsIn(key, 20);
    assertThat(CounterPacking.forSums(slots, 1, 1_000_000, key).slotBits()).isEqualTo(20);
    refused(Reason.KEY_TOO_SMALL, () -> CounterPacking.forSums(slots + 2, 1, 1_000_000, key));
    refused(Reason.OVERFLOW, () -> CounterPacking.forSums(1, 1L << 40, 1L << 23, key));
    refused(Reason.OVERFLOW, () -> CounterPacking.forSums(1, 1L << 40, 1L << 40, key));
  }

  @Test
  void fixedPoint_badValues_areNamedByIndex() {
    FixedPoint coding = new FixedPoint(10, 3);
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 8.01, -9}) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> coding.encode(new double[] {1, bad}))
          .hasMessageContaining("index 1");
    }
    assertThat(coding.encode(new double[] {8, -8, 0.5}).toLongs())
        .containsExactly(8192, -8192, 512);
  }

  private CiphertextBatch encrypt(long[] values, long bound) {
    return cipher.encrypt(PlaintextBatch.ofLongs(values, bound), Keys.seeded(35));
  }
}
