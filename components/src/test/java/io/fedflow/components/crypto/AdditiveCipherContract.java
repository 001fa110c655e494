package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every scheme promises, under keys of 1024 bits. */
abstract class AdditiveCipherContract {

  private static final FixedPoint CODING = FixedPoint.DEFAULT;

  private final AdditiveKeyPair pair;
  private final AdditiveKeyPair otherPair;
  private final BigInteger factor;
  final AdditiveOwner owner;
  final AdditiveCipher cipher;

  /**
   * Over a scheme.
   *
   * @param factor a prime factor of the modulus of {@code pair}
   */
  AdditiveCipherContract(AdditiveKeyPair pair, AdditiveKeyPair otherPair, BigInteger factor) {
    this.pair = pair;
    this.otherPair = otherPair;
    this.factor = factor;
    this.owner = Keys.SUITE.owner(pair, ComputePool.inline());
    this.cipher = Keys.SUITE.cipher(pair.publicKey(), ComputePool.inline());
  }

  @Test
  void encrypt_byOwnerAndByOthers_decryptsToTheSameValues() {
    double[] values = {0, 1, -1, 0.1, -1e-9, 123456.789, -1048576, 1048576};
    for (AdditiveCipher by : List.of(owner.cipher(), cipher)) {
      CiphertextBatch batch = by.encrypt(CODING.encode(values), Keys.seeded(11));
      double[] found = owner.decrypt(batch).toDoubles();
      for (int i = 0; i < values.length; i++) {
        assertThat(found[i]).isCloseTo(values[i], within(Math.scalb(1.0, -41)));
      }
    }
  }

  @Test
  void encrypt_samePlaintextTwice_differs() {
    CiphertextBatch batch =
        cipher.encrypt(PlaintextBatch.ofLongs(new long[] {3, 3}, 3), Keys.seeded(13));
    assertThat(batch.slice(0, 1).encode()).isNotEqualTo(batch.slice(1, 2).encode());
  }

  @Test
  void largeTable_afterManyEncryptions_stillDecrypts() {
    long[] values = new Random(14).longs(2600, -1000, 1001).toArray();
    CiphertextBatch batch =
        cipher.encrypt(PlaintextBatch.ofLongs(values, 1000), Keys.seeded(14)).slice(2500, 2600);
    assertThat(owner.decrypt(batch).toLongs())
        .containsExactly(java.util.Arrays.copyOfRange(values, 2500, 2600));
  }

  @Test
  void arithmetic_randomIntegers_agreesWithPlain() {
    Random random = new Random(15);
    long[] a = random.longs(40, -1L << 40, 1L << 40).toArray();
    long[] b = random.longs(40, -1L << 40, 1L << 40).toArray();
    long[] scalars = random.longs(40, -1L << 20, 1L << 20).toArray();
    scalars[0] = 0;
    scalars[1] = 1;
    scalars[2] = -1;
    scalars[3] = 1 << 20;
    CiphertextBatch x = encrypt(a);
    CiphertextBatch y = encrypt(b);

    assertThat(decrypt(cipher.add(x, y))).containsExactly(zip(a, b, Long::sum));
    assertThat(decrypt(cipher.subtract(x, y))).containsExactly(zip(a, b, (l, r) -> l - r));
    assertThat(decrypt(cipher.negate(x))).containsExactly(zip(a, b, (l, r) -> -l));
    assertThat(decrypt(cipher.addPlain(x, PlaintextBatch.ofLongs(b, 1L << 40))))
        .containsExactly(zip(a, b, Long::sum));
    assertThat(decrypt(cipher.multiply(x, scalars, BigInteger.valueOf(1 << 20))))
        .containsExactly(zip(a, scalars, (l, r) -> l * r));
    assertThat(decrypt(cipher.shiftLeft(x, 5))).containsExactly(zip(a, b, (l, r) -> l << 5));
    assertThat(decrypt(cipher.rerandomise(x, Keys.seeded(16)))).containsExactly(a);
    assertThat(decrypt(cipher.sum(x))).containsExactly(java.util.Arrays.stream(a).sum());
    assertThat(decrypt(cipher.concat(List.of(x.slice(3, 5), y.select(new int[] {7, 0})))))
        .containsExactly(a[3], a[4], b[7], b[0]);
  }

  @Test
  void multiply_extremeLongs_agreesWithPlain() {
    CiphertextBatch one = encrypt(new long[] {1, 1, 1});
    long[] scalars = {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1};
    PlaintextBatch found =
        owner.decrypt(cipher.multiply(one, scalars, BigInteger.ONE.shiftLeft(63)));
    assertThat(found.toLongs()).containsExactly(scalars);
  }

  @Test
  void scales_followProductsAndAlignment() {
    CiphertextBatch x = cipher.encrypt(CODING.encode(new double[] {1.5, -2}), Keys.seeded(17));
    CiphertextBatch half = cipher.multiply(x, new double[] {0.5, 0.25}, new FixedPoint(23, 0));
    assertThat(half.scaleBits()).isEqualTo(63);
    CiphertextBatch sum = cipher.add(half, cipher.withScale(x, 63));
    assertThat(owner.decrypt(sum).toDoubles()).containsExactly(2.25, -2.5);
    refused(Reason.SHAPE, () -> cipher.add(half, x));
    refused(Reason.SHAPE, () -> cipher.withScale(half, 40));
  }

  @Test
  void operations_thatMightOverflow_areRefusedBefore() {
    BigInteger large = pair.publicKey().largestPlaintext();
    CiphertextBatch top =
        cipher.encrypt(PlaintextBatch.of(new BigInteger[] {large}, 0, large), Keys.seeded(18));
    assertThat(owner.decrypt(top).mantissa(0)).isEqualTo(large);
    assertThat(owner.decrypt(cipher.negate(top)).mantissa(0)).isEqualTo(large.negate());
    refused(Reason.OVERFLOW, () -> cipher.add(top, top));
    refused(Reason.OVERFLOW, () -> cipher.shiftLeft(top, 1));
    refused(Reason.OVERFLOW, () -> cipher.shiftLeft(top, 1 << 30));
    refused(Reason.OVERFLOW, () -> cipher.multiply(top, new long[] {2}, BigInteger.TWO));
    PlaintextBatch tooLarge = PlaintextBatch.of(new BigInteger[0], 0, large.add(BigInteger.ONE));
    refused(Reason.KEY_TOO_SMALL, () -> cipher.encrypt(tooLarge, Keys.seeded(19)));
  }

  @Test
  void pool_ofAnyWidth_givesTheSameBytes() {
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      AdditiveCipher wide = Keys.SUITE.cipher(pair.publicKey(), ComputePool.of(executor, 3));
      AdditiveOwner wideOwner = Keys.SUITE.owner(pair, ComputePool.of(executor, 3));
      PlaintextBatch plain = PlaintextBatch.ofLongs(new Random(20).longs(301, -9, 9).toArray(), 9);
      CiphertextBatch a = cipher.encrypt(plain, Keys.seeded(20));
      CiphertextBatch b = wide.encrypt(plain, Keys.seeded(20));
      assertThat(b.encode()).isEqualTo(a.encode());
      assertThat(wide.sum(wide.subtract(b, b)).encode())
          .isEqualTo(cipher.sum(cipher.subtract(a, a)).encode());
      assertThat(wideOwner.cipher().encrypt(plain, Keys.seeded(21)).encode())
          .isEqualTo(owner.cipher().encrypt(plain, Keys.seeded(21)).encode());
      assertThat(wideOwner.decrypt(b).toLongs()).isEqualTo(plain.toLongs());
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void decode_ofEncoded_givesTheSameBatch() {
    CiphertextBatch batch = encrypt(new long[] {4, -5, 6});
    byte[] bytes = batch.encode();
    CiphertextBatch again = owner.cipher().decode(bytes, 3);
    assertThat(again.encode()).isEqualTo(bytes);
    assertThat(again.bound()).isEqualTo(batch.bound());
    assertThat(decrypt(again)).containsExactly(4, -5, 6);
    refused(Reason.MALFORMED, () -> cipher.decode(bytes, 2));
    assertThat(cipher.decode(encrypt(new long[0]).encode()).count()).isZero();
  }

  @Test
  void decode_foreignOrDamaged_isRefusedByName() {
    byte[] good = encrypt(new long[] {4, -5}).encode();
    int width = LittleEndian.width(pair.publicKey().ciphertextModulus());
    AdditiveCipher other = Keys.SUITE.cipher(otherPair.publicKey(), ComputePool.inline());
    refused(Reason.WRONG_KEY, () -> other.decode(good));
    refused(Reason.MALFORMED, () -> cipher.decode(java.util.Arrays.copyOf(good, good.length - 1)));
    refused(Reason.MALFORMED, () -> cipher.decode(java.util.Arrays.copyOf(good, 20)));
    refused(Reason.MALFORMED, () -> cipher.decode(new byte[0]));
    refused(Reason.INVALID_CIPHERTEXT, () -> cipher.decode(last(good, BigInteger.ZERO, width)));
    refused(Reason.INVALID_CIPHERTEXT, () -> cipher.decode(last(good, factor, width)));
    BigInteger modulus = pair.publicKey().ciphertextModulus();
    refused(Reason.INVALID_CIPHERTEXT, () -> cipher.decode(last(good, modulus, width)));
  }

  @Test
  void decode_randomBytes_neverFailsOtherwise() {
    Random random = new Random(22);
    byte[] good = encrypt(new long[] {1, 2}).encode();
    for (int i = 0; i < 300; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(60)] = (byte) random.nextInt();
      try {
        cipher.decode(bytes);
      } catch (CryptoException expected) {
        assertThat(expected.code()).startsWith("crypto.");
      }
    }
  }

  @Test
  void operands_underAnotherKey_areRefused() {
    AdditiveCipher other = Keys.SUITE.cipher(otherPair.publicKey(), ComputePool.inline());
    CiphertextBatch mine = encrypt(new long[] {1});
    CiphertextBatch foreign =
        other.encrypt(PlaintextBatch.ofLongs(new long[] {1}, 1), Keys.seeded(23));
    refused(Reason.WRONG_KEY, () -> cipher.add(mine, foreign));
    refused(Reason.WRONG_KEY, () -> owner.decrypt(foreign));
    refused(Reason.SHAPE, () -> cipher.add(mine, encrypt(new long[] {1, 2})));
  }

  @Test
  void secrets_doNotShowInText() {
    String secret = factor.toString().substring(0, 20);
    assertThat(pair.toString() + owner + owner.cipher()).doesNotContain(secret);
  }

  private CiphertextBatch encrypt(long[] values) {
    return cipher.encrypt(PlaintextBatch.ofLongs(values, 1L << 40), Keys.seeded(25));
  }

  private long[] decrypt(CiphertextBatch batch) {
    return owner.decrypt(batch).toLongs();
  }

  private static long[] zip(long[] a, long[] b, java.util.function.LongBinaryOperator f) {
    long[] out = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      out[i] = f.applyAsLong(a[i], b[i]);
    }
    return out;
  }

  private static byte[] last(byte[] batch, BigInteger value, int width) {
    byte[] bytes = batch.clone();
    LittleEndian.write(value, bytes, bytes.length - width, width);
    return bytes;
  }

  static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
