package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedProductsTest {

  private static final int SCALE = 30;

  private final AdditiveOwner owner = Keys.owner();
  private final AdditiveCipher cipher = owner.cipher();

  /** Columns of mean square 1, every second one the negative of the one before. */
  private static double[][] columns(int count, int rows, Random random) {
    double[][] columns = new double[count][rows];
    for (int c = 0; c < count; c++) {
      double squares = 0;
      for (int r = 0; r < rows; r++) {
        columns[c][r] = c % 2 == 1 ? -columns[c - 1][r] : random.nextGaussian();
        squares += columns[c][r] * columns[c][r];
      }
      for (int r = 0; r < rows; r++) {
        columns[c][r] /= Math.sqrt(squares / rows);
      }
    }
    return columns;
  }

  private static double product(double[] x, double[] y) {
    double sum = 0;
    for (int r = 0; r < x.length; r++) {
      sum += x[r] * y[r];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 3, 2", "30, 40, 3", "200, 13, 1", "7, 26, 5"})
  void encryptedProducts_areThoseOfEachColumn(int rows, int guestColumns, int hostColumns) {
    Random random = new Random(rows);
    PackedProducts packing = new PackedProducts(cipher.key(), rows, SCALE);
    double[][] guest = columns(guestColumns, rows, random);
    double[][] host = columns(hostColumns, rows, random);
    FixedPointMatrix x = packing.encode(guest);
    FixedPointMatrix y = packing.encode(host);
    int seen = 0;
    for (int part = 0; part < packing.parts(guestColumns); part++) {
      CiphertextBatch packed =
          packing.requireRows(cipher.encrypt(packing.pack(x, part), Keys.seeded(36)));
      CiphertextBatch products = new EncryptedMatVec(cipher).transposeTimes(y, packed);
      double[][] sums =
          packing.unpack(owner.decrypt(products), packing.columnsOf(part, guestColumns));
      for (double[] ofColumn : sums) {
        for (int j = 0; j < hostColumns; j++) {
          assertThat(ofColumn[j] / rows)
              .as("columns %d and %d", seen, j)
              .isEqualTo(product(guest[seen], host[j]) / rows, within(2e-9));
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(guestColumns);
  }

  /** Columns that are each other's, or each other's negatives, reach what a slot may hold. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000})
  void largestProducts_ofEverySlot_fit(int rows) {
    PackedProducts packing = new PackedProducts(cipher.key(), rows, SCALE);
    double[][] own = new double[packing.columnsAtOnce()][rows];
    for (int c = 0; c < own.length; c++) {
      // As large as rounding may make it, in one row: the largest value that there is.
      own[c][rows - 1] = (c % 2 == 0 ? 1 : -1) * Math.sqrt(rows * (1 + 1.0 / 1025));
    }
    double[][] other = {own[0], own[1]};
    CiphertextBatch products =
        new EncryptedMatVec(cipher)
            .transposeTimes(
                packing.encode(other),
                cipher.encrypt(packing.pack(packing.encode(own), 0), Keys.seeded(37)));
    double[][] sums = packing.unpack(owner.decrypt(products), own.length);
    for (int c = 0; c < own.length; c++) {
      double sign = c % 2 == 0 ? 1 : -1;
      assertThat(sums[c][0] / rows).isEqualTo(sign * (1 + 1.0 / 1025), within(1e-8));
      assertThat(sums[c][1] / rows).isEqualTo(-sign * (1 + 1.0 / 1025), within(1e-8));
    }
  }

  @ParameterizedTest
  @CsvSource({"1024, 12", "2048, 25", "3072, 39"})
  void longerKeys_carryMore(int bits, int columns) {
    PaillierPublicKey key =
        bits == 1024
            ? Keys.PAIR.publicKey()
            : PaillierKeyPair.generate(bits, Keys.seeded(38)).publicKey();
    PackedProducts packing = new PackedProducts(key, 100_000, SCALE);
    assertThat(packing.columnsAtOnce()).isEqualTo(columns);
    assertThat(packing.parts(columns)).isEqualTo(1);
    assertThat(packing.parts(2 * columns + 1)).isEqualTo(3);
    assertThat(packing.columnsOf(2, 2 * columns + 1)).isEqualTo(1);
  }

  /** The bound that {@link EncryptedMatVec} checks fits, and would not with one column more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000, 123_456, Integer.MAX_VALUE})
  void asManyColumns_asTheBoundOfProductsLets(int rows) {
    PackedProducts packing = new PackedProducts(cipher.key(), rows, SCALE);
    BigInteger squares = BigInteger.valueOf(rows).shiftLeft(2 * SCALE);
    BigInteger largest = squares.add(squares.shiftRight(10));
    BigInteger value = largest.sqrt().add(BigInteger.ONE);
    int slotBits = largest.bitLength() + 1;
    BigInteger top = value.shiftLeft(slotBits * (packing.columnsAtOnce() - 1));
    BigInteger product = top.multiply(value).multiply(BigInteger.valueOf(rows));
    assertThat(product).isLessThan(cipher.key().largestPlaintext());
    assertThat(product.shiftLeft(slotBits + 5)).isGreaterThan(cipher.key().largestPlaintext());
  }

  @Test
  void columnsOfAnotherSpread_areRefused() {
    PackedProducts packing = new PackedProducts(cipher.key(), 4, SCALE);
    assertThat(packing.encode(new double[][] {{2, 0, 0, 0}}).columns()).isEqualTo(1);
    refused(Reason.OUT_OF_RANGE, () -> packing.encode(new double[][] {{1, 1, 1, 1}, {2, 1, 0, 0}}));
    refused(Reason.OUT_OF_RANGE, () -> packing.encode(new double[][] {{1e9, 0, 0, 0}}));
    refused(Reason.OUT_OF_RANGE, () -> packing.encode(new double[][] {{0, Double.NaN, 0, 0}}));
    refused(Reason.SHAPE, () -> packing.encode(new double[][] {{1, 1, 1}}));
  }

  @Test
  void productsOfNoSuchColumns_areRefused() {
    PackedProducts packing = new PackedProducts(cipher.key(), 4, SCALE);
    BigInteger largest =
        BigInteger.ONE.shiftLeft(2 * SCALE + 2).add(BigInteger.ONE.shiftLeft(2 * SCALE - 8));
    int slotBits = largest.bitLength() + 1;
    BigInteger second = BigInteger.ONE.shiftLeft(slotBits);
    double[][] fine =
        packing.unpack(products(largest.negate().add(second.multiply(largest)), 2 * SCALE), 2);
    assertThat(fine[0][0]).isEqualTo(-4 - 4.0 / 1024);
    assertThat(fine[1][0]).isEqualTo(4 + 4.0 / 1024);
    for (BigInteger wrong :
        new BigInteger[] {
          largest.add(BigInteger.ONE),
          largest.add(BigInteger.ONE).negate(),
          second.multiply(largest.add(BigInteger.ONE)),
          second.multiply(second),
          second.multiply(second).negate()
        }) {
      refused(Reason.OVERFLOW, () -> packing.unpack(products(wrong, 2 * SCALE), 2));
    }
    refused(Reason.MALFORMED, () -> packing.unpack(products(BigInteger.ONE, SCALE), 2));
  }

  private static PlaintextBatch products(BigInteger value, int scale) {
    return PlaintextBatch.of(new BigInteger[] {value}, scale, value.abs());
  }

  @Test
  void rowsOfAnotherForm_areRefused() {
    PackedProducts packing = new PackedProducts(cipher.key(), 2, SCALE);
    PlaintextBatch rows = packing.pack(packing.encode(new double[][] {{1, -1}}), 0);
    for (PlaintextBatch wrong :
        new PlaintextBatch[] {
          rows.slice(0, 1),
          PlaintextBatch.of(rows.mantissas(), SCALE + 1, rows.bound()),
          PlaintextBatch.of(rows.mantissas(), SCALE, rows.bound().add(BigInteger.ONE))
        }) {
      refused(Reason.MALFORMED, () -> packing.requireRows(cipher.encrypt(wrong, Keys.seeded(39))));
    }
  }

  private static void refused(Reason reason, Runnable refused) {
    assertThatThrownBy(refused::run)
        .isInstanceOfSatisfying(
            CryptoException.class, thrown -> assertThat(thrown.reason()).isEqualTo(reason));
  }
}
