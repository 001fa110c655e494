package io.fedflow.components.crypto.curve25519;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdwardsPointTest {

  private static final BigInteger P = Field25519.P;
  private static final EdwardsPoint G = EdwardsPoint.generator();

  /** Public keys of the platform's Ed25519 are products of the base point. */
  @Test
  void products_areThoseOfThePlatform() throws Exception {
    KeyPairGenerator platform = KeyPairGenerator.getInstance("Ed25519");
    for (int i = 0; i < 50; i++) {
      KeyPair pair = platform.generateKeyPair();
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      byte[] clamped =
          Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), EdwardsPoint.BYTES);
      clamped[0] &= (byte) 248;
      clamped[31] = (byte) (clamped[31] & 127 | 64);
      byte[] form = pair.getPublic().getEncoded();
      assertThat(G.times(EdwardsScalar.of(number(clamped))).encode())
          .isEqualTo(Arrays.copyOfRange(form, form.length - EdwardsPoint.BYTES, form.length));
    }
  }

  @Test
  void sumsAndDifferences_areThoseOfTheNumbers() {
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      BigInteger a = new BigInteger(256, random);
      BigInteger b = new BigInteger(256, random);
      EdwardsPoint first = G.times(EdwardsScalar.of(a));
      EdwardsPoint second = G.times(EdwardsScalar.of(b));
      assertThat(first.plus(second).encode())
          .isEqualTo(G.times(EdwardsScalar.of(a.add(b))).encode());
      assertThat(first.minus(second).plus(second).encode()).isEqualTo(first.encode());
      assertThat(first.times(EdwardsScalar.of(b)).encode())
          .isEqualTo(second.times(EdwardsScalar.of(a)).encode());
      assertThat(EdwardsPoint.decode(first.encode()).encode()).isEqualTo(first.encode());
    }
  }

  @Test
  void theNeutralPoint_changesNothing() {
    EdwardsPoint zero = G.times(EdwardsScalar.of(0));
    assertThat(zero.isZero()).isTrue();
    assertThat(G.minus(G).isZero()).isTrue();
    assertThat(G.plus(zero).encode()).isEqualTo(G.encode());
    assertThat(G.times(EdwardsScalar.of(CurveSecret.ORDER)).isZero()).isTrue();
  }

  /** What points satisfy, by arithmetic of another kind. */
  @Test
  void hashes_areOnTheCurve_andOfPrimeOrder() {
    BigInteger d =
        BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    for (int i = 0; i < 20; i++) {
      EdwardsPoint point = EdwardsHash.of("test", new byte[] {(byte) i});
      BigInteger y = number(point.encode()).clearBit(255);
      BigInteger square = y.multiply(y).mod(P);
      BigInteger x2 =
          square
              .subtract(BigInteger.ONE)
              .multiply(d.multiply(square).add(BigInteger.ONE).modInverse(P))
              .mod(P);
      assertThat(x2.modPow(P.shiftRight(1), P)).as("is a square").isEqualTo(BigInteger.ONE);
      // A part of low order would be lost.
      assertThat(point.times(EdwardsScalar.of(1)).encode()).isEqualTo(point.encode());
      assertThat(point.isZero()).isFalse();
    }
    assertThat(EdwardsHash.of("a", new byte[1]).encode())
        .isNotEqualTo(EdwardsHash.of("b", new byte[1]).encode())
        .isNotEqualTo(EdwardsHash.of("a", new byte[2]).encode())
        .isEqualTo(EdwardsHash.of("a", new byte[1]).encode());
  }

  @Test
  void partsOfLowOrder_vanish() {
    EdwardsPoint minusOne = EdwardsPoint.read(hex("ec" + "ff".repeat(30) + "7f")).orElseThrow();
    assertThat(minusOne.isZero()).isFalse();
    assertThat(G.plus(minusOne).times(EdwardsScalar.of(5)).encode())
        .isEqualTo(G.times(EdwardsScalar.of(5)).encode());
  }

  /** Low orders: 1, 2, 4 and 8 (RFC 7748 has them, mapped); then not below p, x = -0, no point. */
  @ParameterizedTest
  @CsvSource({
    "0100000000000000000000000000000000000000000000000000000000000000, low order",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, low order",
    "0000000000000000000000000000000000000000000000000000000000000000, low order",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a, low order",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, no point",
    "0100000000000000000000000000000000000000000000000000000000000080, no point",
    "0200000000000000000000000000000000000000000000000000000000000000, no point"
  })
  void whatIsNoPointOfTheGroup_isRefused(String bytes, String why) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> EdwardsPoint.decode(hex(bytes)))
        .withMessageContaining(why)
        .matches(refused -> refused.reason() == Reason.INVALID_POINT);
  }

  @Test
  void otherLengths_areRefused() {
    for (int length : new int[] {0, 31, 33}) {
      assertThatExceptionOfType(CryptoException.class)
          .isThrownBy(() -> EdwardsPoint.decode(new byte[length]))
          .matches(refused -> refused.reason() == Reason.MALFORMED);
    }
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static BigInteger number(byte[] littleEndian) {
    byte[] big = new byte[littleEndian.length];
    for (int i = 0; i < big.length; i++) {
      big[i] = littleEndian[big.length - 1 - i];
    }
    return new BigInteger(1, big);
  }
}
