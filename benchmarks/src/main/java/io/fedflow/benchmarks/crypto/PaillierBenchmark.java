package io.fedflow.benchmarks.crypto;

import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.AdditiveScheme;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.EncryptedHistogram;
import io.fedflow.components.crypto.EncryptedMatVec;
import io.fedflow.components.crypto.FixedPoint;
import io.fedflow.components.crypto.FixedPointMatrix;
import io.fedflow.components.crypto.PlaintextBatch;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * How many operations of each homomorphic scheme a core does in a second, beside {@link Textbook},
 * Paillier on {@code BigInteger}, in the same run; where the environment variable {@link
 * OriginalFate#HOME} names a FATE 1.11, beside its Paillier, too.
 *
 * <p>Rates count processor time of one thread. Arguments: key lengths in bits; 1024 and 2048 if
 * none are given.
 */
public final class PaillierBenchmark {

  private static final int FEATURES = 30;
  private static final int ROWS = 8192;
  private static final int MAGNITUDE_BITS = 23;
  private static final int BINS = 32;
  private static final int TEXTBOOK_ROWS = 2;

  private final SecureRandom secrets = new SecureRandom();
  private final Random data = new Random(1);
  private final AdditiveScheme scheme;
  private final int bits;
  private final RateTable table;

  private PaillierBenchmark(AdditiveScheme scheme, int bits, OriginalRates original) {
    this.scheme = scheme;
    this.bits = bits;
    this.table = new RateTable(System.out, original);
  }

  /** Prints one table for each key length and scheme. */
  public static void main(String[] arguments) {
    int[] lengths =
        arguments.length == 0
            ? new int[] {1024, 2048}
            : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    for (int bits : lengths) {
      OriginalRates original = original(bits);
      for (AdditiveScheme scheme : AdditiveScheme.values()) {
        new PaillierBenchmark(scheme, bits, original).run();
      }
    }
  }

  private static OriginalRates original(int bits) {
    try {
      Optional<OriginalFate> fate = OriginalFate.of(System.getenv());
      if (fate.isEmpty()) {
        return OriginalRates.NONE;
      }
      OriginalRates rates = fate.get().paillier(bits, FEATURES);
      System.out.printf("%nThe original runs on %s.%n", rates.about());
      return rates;
    } catch (OriginalMissing e) {
      System.out.printf("%nThe original was not measured with %d bits: %s%n", bits, e.getMessage());
      return OriginalRates.NONE;
    }
  }

  private void run() {
    CryptoSuite suite = CryptoSuite.standard();
    Textbook textbook = new Textbook(bits, secrets);
    AdditiveOwner owner = suite.owner(scheme.generate(bits, secrets), ComputePool.inline());
    AdditiveCipher other = suite.cipher(owner.publicKey(), ComputePool.inline());
    table.head(
        "%s %d, kernel %s, operations a core-second"
            .formatted(scheme.title(), bits, suite.kernelReport()));
    encryptions(owner.cipher(), other, textbook);
    if (scheme == AdditiveScheme.PAILLIER) {
      fullEncryptions(suite, textbook);
    }
    products(owner, other, textbook);
    algebra(other, textbook);
  }

  private void encryptions(AdditiveCipher owner, AdditiveCipher other, Textbook textbook) {
    PlaintextBatch plain = plain(1000);
    double base = CpuClock.rate(20, () -> repeat(20, () -> textbook.encrypt(17)));
    double byOwner = CpuClock.rate(1000, () -> owner.encrypt(plain, secrets));
    double byOther = CpuClock.rate(1000, () -> other.encrypt(plain, secrets));
    table.row("encrypt, owner", "encrypt", byOwner, base);
    table.row("encrypt, other", "encrypt", byOther, base);
  }

  /** Obfuscated by a fresh power for each number, as the textbook and the original do it. */
  private void fullEncryptions(CryptoSuite suite, Textbook textbook) {
    FullObfuscation full = new FullObfuscation(suite, textbook, secrets);
    BigInteger[] plain = new BigInteger[200];
    Arrays.fill(plain, BigInteger.valueOf(17));
    double base = CpuClock.rate(20, () -> repeat(20, () -> textbook.encrypt(17)));
    double byOwner = CpuClock.rate(plain.length, () -> full.encryptByOwner(plain));
    double byOther = CpuClock.rate(plain.length, () -> full.encryptByOther(plain));
    table.row("encrypt, owner, a full power for each", "encrypt", byOwner, base);
    table.row("encrypt, other, a full power for each", "encrypt", byOther, base);
  }

  private void products(AdditiveOwner owner, AdditiveCipher other, Textbook textbook) {
    CiphertextBatch few = owner.cipher().encrypt(plain(200), secrets);
    BigInteger one = textbook.encrypt(17);
    table.row(
        "decrypt",
        "decrypt",
        CpuClock.rate(200, () -> owner.decrypt(few)),
        CpuClock.rate(20, () -> repeat(20, () -> textbook.decrypt(one))));
    BigInteger largest = owner.publicKey().largestPlaintext();
    BigInteger[] full = new BigInteger[200];
    Arrays.setAll(full, i -> new BigInteger(largest.bitLength() - 1, data));
    CiphertextBatch packed = owner.cipher().encrypt(PlaintextBatch.of(full, 0, largest), secrets);
    table.row(
        "decrypt, full plaintexts",
        "decrypt",
        CpuClock.rate(200, () -> owner.decrypt(packed)),
        CpuClock.rate(20, () -> repeat(20, () -> textbook.decrypt(one))));
    CiphertextBatch many = many(other, 20_000);
    table.row(
        "add",
        "add",
        CpuClock.rate(20_000, () -> other.add(many, many)),
        CpuClock.rate(2000, () -> repeat(2000, () -> textbook.add(one, one))));
    long[] scalars = mantissas(200);
    BigInteger bound = BigInteger.ONE.shiftLeft(MAGNITUDE_BITS);
    table.row(
        "multiply by 24-bit signed",
        "multiply",
        CpuClock.rate(200, () -> other.multiply(few, scalars, bound)),
        CpuClock.rate(
            200, () -> Arrays.stream(scalars).forEach(scalar -> textbook.multiply(one, scalar))));
  }

  private void algebra(AdditiveCipher other, Textbook textbook) {
    CiphertextBatch vector = many(other, ROWS);
    long[][] columns = new long[FEATURES][];
    Arrays.setAll(columns, c -> mantissas(ROWS));
    FixedPointMatrix matrix = FixedPointMatrix.ofLongs(columns, 0, MAGNITUDE_BITS);
    BigInteger[] sums = new BigInteger[FEATURES];
    Arrays.fill(sums, BigInteger.ONE);
    BigInteger one = textbook.encrypt(17);
    EncryptedMatVec products = new EncryptedMatVec(other);
    table.row(
        "rows of X^T d, 30 features, 24 bits",
        "rows",
        CpuClock.rate(ROWS, () -> products.transposeTimes(matrix, vector)),
        CpuClock.rate(
            TEXTBOOK_ROWS,
            () -> repeat(TEXTBOOK_ROWS, () -> textbook.row(sums, one, mantissas(FEATURES)))));
    int[][] bins = {data.ints(ROWS, 0, BINS).toArray()};
    EncryptedHistogram histogram = new EncryptedHistogram(other);
    table.row(
        "histogram adds, 32 bins",
        "",
        CpuClock.rate(ROWS, () -> histogram.sums(bins, new int[] {BINS}, vector)),
        CpuClock.rate(2000, () -> repeat(2000, () -> textbook.add(one, one))));
  }

  /** Distinct ciphertexts, cheaply: visible encryptions times a hidden one. */
  private CiphertextBatch many(AdditiveCipher cipher, int count) {
    CiphertextBatch hidden = cipher.encrypt(plain(1), secrets);
    return cipher.addPlain(hidden.select(new int[count]), plain(count));
  }

  private PlaintextBatch plain(int count) {
    return FixedPoint.DEFAULT.encode(data.doubles(count, -1, 1).toArray());
  }

  private long[] mantissas(int count) {
    long limit = 1L << MAGNITUDE_BITS;
    return data.longs(count, -limit, limit + 1).toArray();
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }
}
