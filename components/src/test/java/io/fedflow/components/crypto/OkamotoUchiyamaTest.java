package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OkamotoUchiyamaTest extends AdditiveCipherContract {

  private static final OkamotoUchiyamaKeyPair PAIR =
      OkamotoUchiyamaKeyPair.generate(1024, Keys.seeded(51));
  private static final OkamotoUchiyamaKeyPair OTHER =
      OkamotoUchiyamaKeyPair.generate(1024, Keys.seeded(52));
  private static final OkamotoUchiyamaPublicKey KEY = PAIR.publicKey();

  OkamotoUchiyamaTest() {
    super(PAIR, OTHER, PAIR.p());
  }

  @Test
  void encrypt_knownRandomness_isTheTextbookProduct() {
    long[] values = {0, 1, -1, 987654321, -(1L << 62)};
    CiphertextBatch batch =
        cipher.encrypt(PlaintextBatch.ofLongs(values, 1L << 62), Keys.seeded(53));
    Random sameDraws = Keys.seeded(53);
    for (int i = 0; i < values.length; i++) {
      BigInteger r = new BigInteger(KEY.exponentBits(), sameDraws);
      BigInteger expected =
          KEY.generator()
              .modPow(BigInteger.valueOf(values[i]), KEY.modulus())
              .multiply(KEY.obfuscatorBase().modPow(r, KEY.modulus()))
              .mod(KEY.modulus());
      assertThat(Residues.leave(cipher.kernel(), batch.limbs(), i)).isEqualTo(expected);
    }
  }

  @Test
  void encrypt_matchesTextbookDecryption() {
    BigInteger p = PAIR.p();
    BigInteger squared = p.multiply(p);
    BigInteger exponent = p.subtract(BigInteger.ONE);
    BigInteger large = KEY.largestPlaintext();
    PlaintextBatch plain =
        PlaintextBatch.of(
            new BigInteger[] {BigInteger.valueOf(5), BigInteger.valueOf(-7), large, large.negate()},
            0,
            large);
    CiphertextBatch batch = cipher.encrypt(plain, Keys.seeded(54));
    BigInteger ofGenerator = logarithm(KEY.generator().modPow(exponent, squared), p);
    for (int i = 0; i < batch.count(); i++) {
      BigInteger c = Residues.leave(cipher.kernel(), batch.limbs(), i);
      BigInteger found =
          logarithm(c.modPow(exponent, squared), p).multiply(ofGenerator.modInverse(p)).mod(p);
      assertThat(found).isEqualTo(plain.mantissa(i).mod(p));
    }
  }

  private static BigInteger logarithm(BigInteger power, BigInteger p) {
    return power.subtract(BigInteger.ONE).divide(p);
  }

  /** p = 23, of which 11 divides p - 1; 2 generates the group of order 23 * 11 modulo 529. */
  @Test
  void decryption_smallNumbers_isTheDiscreteLogarithm() {
    BigInteger p = BigInteger.valueOf(23);
    BigInteger squared = p.multiply(p);
    BigInteger t = BigInteger.valueOf(11);
    BigInteger g = BigInteger.TWO;
    assertThat(g.modPow(p.multiply(t), squared)).isEqualTo(BigInteger.ONE);
    // 2^11 = 2048 = 461 = 1 + 20 * 23 modulo 529.
    assertThat(g.modPow(t, squared)).isEqualTo(BigInteger.valueOf(1 + 20 * 23));
    BigInteger h = BigInteger.valueOf(3).modPow(BigInteger.valueOf(2 * 23), squared);
    OkamotoUchiyamaDecryption decryption =
        new OkamotoUchiyamaDecryption(p, t, g, ModularKernelFactory.scalar());
    for (int m = 0; m < 23; m++) {
      for (int r = 0; r < 11; r++) {
        BigInteger c =
            g.modPow(BigInteger.valueOf(m), squared)
                .multiply(h.modPow(BigInteger.valueOf(r), squared));
        assertThat(decryption.plaintexts(new BigInteger[] {c}, 0))
            .containsExactly(BigInteger.valueOf(m));
      }
    }
    // 5 is no square modulo 23, so it is outside the group of odd order.
    refused(
        Reason.INVALID_CIPHERTEXT,
        () -> decryption.plaintexts(new BigInteger[] {BigInteger.valueOf(5)}, 0));
  }

  @Test
  void decrypt_numberOutsideTheGroup_isRefusedByItsIndex() {
    byte[] good =
        cipher.encrypt(PlaintextBatch.ofLongs(new long[] {4, 5}, 9), Keys.seeded(55)).encode();
    BigInteger outside = BigInteger.TWO;
    assertThat(outside.modPow(PAIR.order(), PAIR.p())).isNotEqualTo(BigInteger.ONE);
    int width = LittleEndian.width(KEY.modulus());
    LittleEndian.write(outside, good, good.length - width, width);
    CiphertextBatch received = owner.cipher().decode(good);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> owner.decrypt(received))
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_CIPHERTEXT))
        .hasMessageContaining("index 1");
  }

  /** A peer that lies about the bound of a sum that wrapped around, or that is just too large. */
  @Test
  void decrypt_plaintextAboveItsBound_isRefused() {
    BigInteger large = KEY.largestPlaintext();
    CiphertextBatch top =
        cipher.encrypt(PlaintextBatch.of(new BigInteger[] {large}, 0, large), Keys.seeded(56));
    long[] doubled = top.limbs().clone();
    cipher.kernel().squareBatch(doubled, 0, 1, 1);
    refused(Reason.OVERFLOW, () -> owner.decrypt(cipher.result(doubled, 0, large)));
    refused(Reason.OVERFLOW, () -> owner.decrypt(cipher.result(top.limbs(), 0, BigInteger.TEN)));
  }

  @Test
  void keyPair_hasThePromisedGroups() {
    BigInteger p = PAIR.p();
    BigInteger n = KEY.modulus();
    BigInteger q = n.divide(p).divide(p);
    assertThat(p.multiply(p).multiply(q)).isEqualTo(n);
    assertThat(n.bitLength()).isEqualTo(1024);
    assertThat(p.isProbablePrime(50) && q.isProbablePrime(50)).isTrue();
    assertThat(p.bitLength()).isEqualTo(341);
    assertThat(PAIR.order().bitLength()).isEqualTo(160);
    assertThat(PAIR.order().isProbablePrime(50)).isTrue();
    assertThat(p.mod(PAIR.order())).isEqualTo(BigInteger.ONE);
    assertThat(KEY.obfuscatorBase().modPow(PAIR.order(), p.multiply(p))).isEqualTo(BigInteger.ONE);
    assertThat(KEY.generator().modPow(PAIR.order(), p)).isEqualTo(BigInteger.ONE);
    for (BigInteger number : List.of(KEY.generator(), KEY.obfuscatorBase())) {
      assertThat(number.subtract(BigInteger.ONE).gcd(n)).isEqualTo(BigInteger.ONE);
    }
    // Twice the largest plaintext, and a gap that tells overflow, are below p.
    assertThat(KEY.largestPlaintext().multiply(BigInteger.valueOf(3))).isLessThan(p);
  }

  @Test
  void keyLengths_haveTheFactorsThatTheirStrengthAsks() {
    assertThat(OkamotoUchiyamaPublicKey.factorBits(1024)).isEqualTo(160);
    assertThat(OkamotoUchiyamaPublicKey.factorBits(2048)).isEqualTo(224);
    assertThat(OkamotoUchiyamaPublicKey.factorBits(3072)).isEqualTo(256);
    assertThat(OkamotoUchiyamaPublicKey.primeBits(2048)).isEqualTo(682);
  }

  @Test
  void publicKey_ofMessage_isTheSame() {
    byte[] message = KEY.encode();
    assertThat(AdditiveScheme.OKAMOTO_UCHIYAMA.decodeKey(message)).isEqualTo(KEY);
    for (int length = 0; length < message.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(message, length);
      refused(Reason.MALFORMED, () -> AdditiveScheme.OKAMOTO_UCHIYAMA.decodeKey(cut));
    }
    byte[] longer = java.util.Arrays.copyOf(message, message.length + 1);
    refused(Reason.MALFORMED, () -> AdditiveScheme.OKAMOTO_UCHIYAMA.decodeKey(longer));
  }

  @Test
  void publicKey_numbersOutOfRange_areRefused() {
    BigInteger n = KEY.modulus();
    BigInteger g = KEY.generator();
    BigInteger h = KEY.obfuscatorBase();
    BigInteger minusOne = n.subtract(BigInteger.ONE);
    for (BigInteger bad : List.of(BigInteger.ZERO, BigInteger.ONE, minusOne, n, PAIR.p())) {
      refused(Reason.MALFORMED, () -> new OkamotoUchiyamaPublicKey(n, bad, h));
      refused(Reason.MALFORMED, () -> new OkamotoUchiyamaPublicKey(n, g, bad));
    }
    refused(Reason.MALFORMED, () -> new OkamotoUchiyamaPublicKey(n, g, g));
    refused(Reason.MALFORMED, () -> new OkamotoUchiyamaPublicKey(minusOne, g, h));
    refused(Reason.KEY_TOO_SMALL, () -> new OkamotoUchiyamaPublicKey(n.shiftRight(8), g, h));
    refused(Reason.KEY_TOO_SMALL, () -> OkamotoUchiyamaKeyPair.generate(1022, Keys.seeded(57)));
  }

  @Test
  void publicKey_ofAnotherScheme_isRefused() {
    refused(Reason.WRONG_KEY, () -> AdditiveScheme.PAILLIER.decodeKey(KEY.encode()));
    refused(
        Reason.WRONG_KEY,
        () -> AdditiveScheme.OKAMOTO_UCHIYAMA.decodeKey(Keys.PAIR.publicKey().encode()));
  }

  @Test
  void keysOfOneModulus_butOtherGenerators_haveOtherNames() {
    OkamotoUchiyamaPublicKey other =
        new OkamotoUchiyamaPublicKey(KEY.modulus(), KEY.obfuscatorBase(), KEY.generator());
    assertThat(other.id()).isNotEqualTo(KEY.id());
  }

  @Test
  void packing_asManySlotsAsFit_givesTheSumsBack() {
    Random random = new Random(58);
    int rows = 300;
    PackedSums packing = new PackedSums(KEY, 3, 1000, rows);
    long[][] counters = new long[3][];
    int[] bins = random.ints(rows, 0, 40).toArray();
    long[][] expected = new long[3][40];
    for (int c = 0; c < 3; c++) {
      counters[c] = random.longs(rows, 0, 1001).toArray();
      for (int row = 0; row < rows; row++) {
        expected[c][bins[row]] += counters[c][row];
      }
    }
    CiphertextBatch encrypted = cipher.encrypt(packing.packRows(counters), Keys.seeded(58));
    CiphertextBatch sums =
        new EncryptedHistogram(cipher).sums(new int[][] {bins}, new int[] {40}, encrypted);
    CiphertextBatch joined = packing.join(cipher, sums);
    assertThat(joined.count()).isLessThan(40);
    assertThat(packing.unpack(owner.decrypt(joined), 40)).isDeepEqualTo(expected);
    refused(Reason.KEY_TOO_SMALL, () -> new PackedSums(KEY, 20, 1000, rows));
  }
}
