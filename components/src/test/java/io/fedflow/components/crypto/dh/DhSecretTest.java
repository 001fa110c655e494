package io.fedflow.components.crypto.dh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import io.fedflow.components.crypto.CryptoSuite;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhSecretTest {

  private static final SecureRandom ENTROPY = new SecureRandom();
  private static final CryptoSuite SUITE = CryptoSuite.standard();
  private static final DhGroup GROUP = DhGroup.of(1024);
  private static final BigInteger P = GROUP.p();

  /** The first and last digits as RFC 2409 and RFC 3526 print them. */
  @ParameterizedTest
  @CsvSource({
    "1024,49286651ECE65381FFFFFFFFFFFFFFFF",
    "1536,670C354E4ABC9804F1746C08CA237327FFFFFFFFFFFFFFFF",
    "2048,15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    "3072,4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    "4096,4DF435C934063199FFFFFFFFFFFFFFFF"
  })
  void groups_areThePublishedOnes(int bits, String end) {
    String digits = DhGroup.of(bits).p().toString(16).toUpperCase(java.util.Locale.ROOT);
    assertThat(digits)
        .hasSize(bits / 4)
        .startsWith("FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74")
        .endsWith(end);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 1536, 2048})
  void groups_haveSafePrimes(int bits) {
    BigInteger p = DhGroup.of(bits).p();
    assertThat(p.isProbablePrime(40)).isTrue();
    assertThat(p.shiftRight(1).isProbablePrime(40)).isTrue();
  }

  @Test
  void groups_ofOtherLengths_areRefused() {
    assertThat(DhGroup.has(2000)).isFalse();
    assertThat(DhGroup.lengths()).containsExactly(1024, 1536, 2048, 3072, 4096, 6144, 8192);
    assertThatThrownBy(() -> DhGroup.of(2000))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("2000")
        .hasMessageContaining("2048");
  }

  /** The longest that RFC 3526 (first estimate), RFC 7919 or NIST SP 800-56A and 800-57 ask for. */
  @ParameterizedTest
  @CsvSource({
    "1024, 160",
    "1536, 180",
    "2048, 225",
    "3072, 275",
    "4096, 325",
    "6144, 375",
    "8192, 400"
  })
  void secrets_areAsLongAsTheStandardsAsk(int bits, int least) {
    DhGroup group = DhGroup.of(bits);
    assertThat(group.secretBits()).isGreaterThanOrEqualTo(least).isLessThan(bits / 2);
    BigInteger all = BigInteger.ZERO;
    BigInteger common = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    for (int i = 0; i < 64; i++) {
      BigInteger exponent = exponent(DhSecret.generate(group, ENTROPY));
      all = all.or(exponent);
      common = common.and(exponent);
    }
    // Every bit varies but the lowest, which makes exponents odd.
    assertThat(all)
        .isEqualTo(BigInteger.ONE.shiftLeft(group.secretBits()).subtract(BigInteger.ONE));
    assertThat(common).isEqualTo(BigInteger.ONE);
  }

  private static BigInteger exponent(DhSecret secret) {
    byte[] bytes = secret.encodeSecret();
    return new BigInteger(1, Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  @Test
  void masks_arePowersToTheSecret() {
    DhSecret secret = DhSecret.generate(GROUP, ENTROPY);
    DhElements masked =
        secret.mask(DhElements.decode(GROUP, message(BigInteger.TWO)), SUITE, ComputePool.inline());
    assertThat(masked.get(0)).isEqualTo(BigInteger.TWO.modPow(exponent(secret), P));
  }

  /** Caches that were made when secrets were as long as the prime are read as ever. */
  @Test
  void longSecrets_ofOlderCaches_stillMask() {
    byte[] bytes = new byte[1 + GROUP.width()];
    ENTROPY.nextBytes(bytes);
    bytes[0] = 1;
    bytes[1] = 0x7f;
    bytes[bytes.length - 1] |= 1;
    DhSecret old = DhSecret.decodeSecret(GROUP, bytes);
    DhSecret fresh = DhSecret.generate(GROUP, ENTROPY);
    DhElements two = DhElements.decode(GROUP, message(BigInteger.TWO));
    assertThat(old.encodeSecret()).isEqualTo(bytes);
    assertThat(old.mask(two, SUITE, ComputePool.inline()).get(0))
        .isEqualTo(BigInteger.TWO.modPow(exponent(old), P));
    byte[][] hashes = hashes(2);
    assertThat(
            old.insteadOf(fresh)
                .mask(
                    fresh.maskHashes(hashes, SUITE, ComputePool.inline()),
                    SUITE,
                    ComputePool.inline())
                .encode())
        .isEqualTo(old.maskHashes(hashes, SUITE, ComputePool.inline()).encode());
  }

  @Test
  void masks_commute_andAreSquares() {
    byte[][] hashes = hashes(9);
    DhSecret guest = DhSecret.generate(GROUP, ENTROPY);
    DhSecret host = DhSecret.generate(GROUP, ENTROPY);
    DhElements once = guest.maskHashes(hashes, SUITE, ComputePool.inline());
    DhElements twice = host.mask(once, SUITE, ComputePool.inline());

    assertThat(twice.encode())
        .isEqualTo(
            guest
                .mask(
                    host.maskHashes(hashes, SUITE, ComputePool.inline()),
                    SUITE,
                    ComputePool.inline())
                .encode());
    for (int i = 0; i < once.count(); i++) {
      // Otherwise it would show in every mask whether the hash is a square.
      assertThat(once.get(i).modPow(P.shiftRight(1), P)).isEqualTo(BigInteger.ONE);
    }
    assertThat(once.encode())
        .isNotEqualTo(host.maskHashes(hashes, SUITE, ComputePool.inline()).encode());
    assertThat(guest).hasToString("exponent in a Diffie-Hellman group of 1024 bits");
  }

  @Test
  void masks_areExchanged_underFurtherMasksToo() {
    byte[][] hashes = hashes(5);
    DhSecret fresh = DhSecret.generate(GROUP, ENTROPY);
    DhSecret kept = DhSecret.generate(GROUP, ENTROPY);
    DhSecret host = DhSecret.generate(GROUP, ENTROPY);
    DhElements returned =
        host.mask(
            fresh.maskHashes(hashes, SUITE, ComputePool.inline()), SUITE, ComputePool.inline());

    assertThat(kept.insteadOf(fresh).mask(returned, SUITE, ComputePool.inline()).encode())
        .isEqualTo(
            host.mask(
                    kept.maskHashes(hashes, SUITE, ComputePool.inline()),
                    SUITE,
                    ComputePool.inline())
                .encode());
  }

  @Test
  void secrets_comeBackFromTheirBytes_andNothingElseDoes() {
    DhSecret secret = DhSecret.generate(GROUP, ENTROPY);
    byte[] bytes = secret.encodeSecret();
    assertThat(
            DhSecret.decodeSecret(GROUP, bytes)
                .maskHashes(hashes(3), SUITE, ComputePool.inline())
                .encode())
        .isEqualTo(secret.maskHashes(hashes(3), SUITE, ComputePool.inline()).encode());
    byte[] zero = new byte[129];
    zero[0] = 1;
    byte[] most = zero.clone();
    Arrays.fill(most, 1, most.length, (byte) 0xff);
    byte[] version = bytes.clone();
    version[0] = 2;
    for (byte[] wrong : new byte[][] {{}, new byte[128], zero, most, version}) {
      assertThatThrownBy(() -> DhSecret.decodeSecret(GROUP, wrong))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }
  }

  @Test
  void elements_comeBackFromTheirMessage() {
    DhElements elements =
        DhSecret.generate(GROUP, ENTROPY).maskHashes(hashes(3), SUITE, ComputePool.inline());
    byte[] message = elements.encode();
    assertThat(message).hasSize(1 + 3 * 128);
    DhElements read = DhElements.decode(GROUP, message);
    assertThat(read.count()).isEqualTo(3);
    assertThat(read.encode()).isEqualTo(message);
    assertThat(DhElements.decode(GROUP, message(BigInteger.TWO)).get(0)).isEqualTo(BigInteger.TWO);
  }

  @Test
  void elements_outsideTheGroup_areRefusedByName() {
    for (BigInteger value :
        new BigInteger[] {
          BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), P, P.add(BigInteger.TWO)
        }) {
      assertThatThrownBy(() -> DhElements.decode(GROUP, message(value)))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_POINT))
          .hasMessageContaining("index 0");
    }
    for (byte[] message : new byte[][] {{}, {2}, new byte[128], new byte[130]}) {
      assertThatThrownBy(() -> DhElements.decode(GROUP, message))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }
  }

  private static byte[] message(BigInteger value) {
    return new DhElements(GROUP, new BigInteger[] {value}).encode();
  }

  private static byte[][] hashes(int count) {
    byte[][] hashes = new byte[count][];
    for (int i = 0; i < count; i++) {
      hashes[i] = ("id" + i).getBytes(StandardCharsets.UTF_8);
    }
    return hashes;
  }
}
