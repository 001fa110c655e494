package io.fedflow.components.crypto.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregationTest {

  private static final SecureRandom ENTROPY = new SecureRandom();
  private static final byte[] CONTEXT = {4, 2};

  /** The masks of parties that all agreed with each other. */
  private static List<List<PairMask>> masks(int parties) {
    List<PairKey> keys =
        IntStream.range(0, parties).mapToObj(i -> PairKey.generate(ENTROPY)).toList();
    List<List<PairMask>> masks = new ArrayList<>();
    for (PairKey own : keys) {
      masks.add(
          keys.stream()
              .filter(key -> key != own)
              .map(key -> own.with(key.publicBytes(), CONTEXT))
              .toList());
    }
    return masks;
  }

  private static double[] sum(List<byte[]> parts, SumScale scale, int count, long round) {
    MaskedSum sum = new MaskedSum(scale, count, round);
    parts.forEach(part -> sum.add("host:1", part));
    return sum.open();
  }

  private static double[] values(Random random, int count, double most) {
    return random.doubles(count, -most, most).toArray();
  }

  @ParameterizedTest
  @CsvSource({"2,0", "2,1", "2,1023", "3,1024", "3,1025", "5,5000", "33,7"})
  void sumOfMaskedParts_isTheSum(int parties, int count) {
    Random random = new Random(parties * 31L + count);
    SumScale scale = SumScale.of(parties, 20);
    List<List<PairMask>> masks = masks(parties);
    for (long round : new long[] {0, 1, 7, Long.MAX_VALUE}) {
      double[] expected = new double[count];
      List<byte[]> parts = new ArrayList<>();
      for (List<PairMask> own : masks) {
        double[] values = values(random, count, 1 << 20);
        for (int i = 0; i < count; i++) {
          expected[i] += values[i];
        }
        parts.add(MaskedParts.of(values, scale, own, round));
      }
      double[] sum = sum(parts, scale, count, round);
      assertThat(sum).hasSize(count);
      for (int i = 0; i < count; i++) {
        assertThat(sum[i])
            .isCloseTo(
                expected[i], within(parties * Math.scalb(1.0, -scale.scaleBits() - 1) + 1e-8));
      }
    }
  }

  @Test
  void extremes_addUpWithoutWrappingAround() {
    int parties = 4;
    SumScale scale = SumScale.of(parties, 10);
    List<List<PairMask>> masks = masks(parties);
    List<byte[]> parts = new ArrayList<>();
    for (List<PairMask> own : masks) {
      parts.add(MaskedParts.of(new double[] {1024, -1024}, scale, own, 0));
    }
    assertThat(sum(parts, scale, 2, 0)).containsExactly(4096, -4096);
  }

  @Test
  void aMask_isTheAesOfRoundAndCounter() throws Exception {
    byte[] key = new byte[32];
    new Random(1).nextBytes(key);
    long[] added = new long[5];
    long[] subtracted = new long[5];
    new PairMask(key, true).apply(added, 3);
    new PairMask(key, false).apply(subtracted, 3);

    Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
    block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    for (int i = 0; i < added.length; i++) {
      byte[] counter = ByteBuffer.allocate(16).putLong(3).putLong(i / 2).array();
      long expected =
          ByteBuffer.wrap(block.doFinal(counter)).order(ByteOrder.LITTLE_ENDIAN).getLong(i % 2 * 8);
      assertThat(added[i]).isEqualTo(expected);
      assertThat(subtracted[i]).isEqualTo(-expected);
    }
  }

  @Test
  void partsOfEqualValues_shareNoWord_withEachOtherOrWithWhatTheyHide() {
    SumScale scale = SumScale.of(3, 20);
    List<List<PairMask>> masks = masks(3);
    double[] same = new double[3000];
    Set<Long> seen = new HashSet<>();
    for (long word : scale.encode(same)) {
      seen.add(word);
    }
    int words = 0;
    for (long round = 0; round < 2; round++) {
      for (List<PairMask> own : masks) {
        ByteBuffer part =
            ByteBuffer.wrap(MaskedParts.of(same, scale, own, round))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(24);
        while (part.hasRemaining()) {
          seen.add(part.getLong());
          words++;
        }
      }
    }
    assertThat(words).isEqualTo(6 * 3001);
    assertThat(seen).hasSize(words + 1);
  }

  @Test
  void aPartThatIsMissing_ofAnotherRound_orOfAnotherKey_isRefused() {
    SumScale scale = SumScale.of(3, 20);
    List<List<PairMask>> masks = masks(3);
    double[] values = {1, 2};
    List<byte[]> parts = new ArrayList<>();
    masks.forEach(own -> parts.add(MaskedParts.of(values, scale, own, 4)));

    refuses(() -> sum(parts.subList(0, 2), scale, 2, 4), Reason.SHAPE);
    refuses(() -> sum(parts, scale, 3, 4), Reason.MALFORMED);
    refuses(() -> sum(parts, scale, 2, 5), Reason.MALFORMED);
    refuses(() -> sum(parts, new SumScale(3, 30, 20), 2, 4), Reason.MALFORMED);
    List<byte[]> twice = List.of(parts.get(0), parts.get(1), parts.get(1));
    refuses(() -> sum(twice, scale, 2, 4), Reason.WRONG_KEY);
    List<byte[]> foreign = new ArrayList<>(parts.subList(0, 2));
    foreign.add(MaskedParts.of(values, scale, masks(3).get(2), 4));
    refuses(() -> sum(foreign, scale, 2, 4), Reason.WRONG_KEY);
    List<byte[]> ended = List.of(parts.get(0), parts.get(1), new byte[3]);
    refuses(() -> sum(ended, scale, 2, 4), Reason.MALFORMED);
    assertThat(sum(parts, scale, 2, 4)).containsExactly(3, 6);
  }

  @Test
  void anotherOccasion_givesOtherMasks() {
    PairKey one = PairKey.generate(ENTROPY);
    PairKey other = PairKey.generate(ENTROPY);
    long[] sum = new long[2];
    one.with(other.publicBytes(), new byte[] {1}).apply(sum, 0);
    other.with(one.publicBytes(), new byte[] {2}).apply(sum, 0);
    assertThat(sum).doesNotContain(0);
  }

  @Test
  void aMask_isUsedOnceForARound() {
    PairMask mask = masks(2).get(0).get(0);
    mask.apply(new long[1], 5);
    assertThatThrownBy(() -> mask.apply(new long[1], 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("round 5 after 5");
  }

  /** Little-endian: 0, 1, the two points of order 8, p-1, p, p+1 and one with the highest bit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0900000000000000000000000000000000000000000000000000000000000080",
      })
  void aPointOfLowOrder_orNotCanonical_isRefused(String hex) {
    PairKey own = PairKey.generate(ENTROPY);
    refuses(() -> own.with(HexFormat.of().parseHex(hex), CONTEXT), Reason.INVALID_POINT);
  }

  @Test
  void aKeyOfAnotherLength_orTheOwn_isRefused() {
    PairKey own = PairKey.generate(ENTROPY);
    refuses(() -> own.with(new byte[31], CONTEXT), Reason.INVALID_POINT);
    refuses(() -> own.with(own.publicBytes(), CONTEXT), Reason.INVALID_POINT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1048577, -1e300})
  void aValueBeyondItsRange_isRefusedWithItsIndex(double value) {
    List<PairMask> own = masks(2).get(0);
    assertThatThrownBy(() -> MaskedParts.of(new double[] {0, value}, SumScale.of(2, 20), own, 0))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("index 1");
  }

  @Test
  void aScaleThatCouldWrapAround_isRefused() {
    refuses(() -> new SumScale(3, 40, 21), Reason.OVERFLOW);
    refuses(() -> new SumScale(1, 40, 20), Reason.SHAPE);
    assertThat(new SumScale(2, 40, 21).scaleBits()).isEqualTo(40);
    assertThat(SumScale.of(3, 20).scaleBits()).isEqualTo(40);
  }

  @Test
  void masksOfAnotherNumberOfParties_areRefused() {
    List<PairMask> own = masks(2).get(0);
    refuses(() -> MaskedParts.of(new double[1], SumScale.of(3, 20), own, 0), Reason.SHAPE);
  }

  @Test
  void texts_tellNothing() {
    PairKey key = PairKey.generate(ENTROPY);
    assertThat(key).hasToString("aggregation key");
    assertThat(key.with(PairKey.generate(ENTROPY).publicBytes(), CONTEXT))
        .hasToString("mask of a pair");
  }

  private static void refuses(Runnable call, Reason reason) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            CryptoException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
