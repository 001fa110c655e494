package io.fedflow.components.crypto.curve25519;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every ladder keeps. */
public abstract class LadderKernelContract {

  /** The implementation under test. */
  protected abstract LadderKernel kernel();

  /** RFC 7748, 5.2: scalars as the ladder takes them, that is decoded. */
  @Test
  void multiply_ofPublishedVectors_isTheirs() {
    assertProduct(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    assertProduct(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a413",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
  }

  /** RFC 7748, 5.2: the output becomes the scalar, the scalar the point. */
  @Test
  void multiply_aThousandTimes_isThePublishedResult() {
    byte[] scalar = new byte[32];
    scalar[0] = 9;
    byte[] point = scalar.clone();
    for (int i = 1; i <= 1000; i++) {
      byte[] product = new byte[32];
      byte[] residue = Vectors.bytes(Vectors.number(point).clearBit(255).mod(ReferenceCurve.P));
      multiply(clamped(scalar), residue, 0, 1, product);
      point = scalar;
      scalar = product;
      if (i == 1) {
        assertThat(HexFormat.of().formatHex(scalar))
            .isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
      }
    }
    assertThat(HexFormat.of().formatHex(scalar))
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  @Test
  void multiply_ofPartsOfBatches_isWhatTheTextbookGives() {
    Random random = new Random(7748);
    for (int count : new int[] {1, 3, 8, 17, 70}) {
      int before = random.nextInt(3);
      byte[] points = new byte[32 * (before + count + 1)];
      ReferenceCurve.Point[] lifted = new ReferenceCurve.Point[count];
      for (int i = 0; i < count; i++) {
        lifted[i] = onCurve(random);
        System.arraycopy(Vectors.bytes(lifted[i].u()), 0, points, 32 * (before + i), 32);
      }
      BigInteger k = new BigInteger(256, random);
      byte[] out = new byte[points.length];

      multiply(Vectors.bytes(k), points, before, count, out);

      for (int i = 0; i < count; i++) {
        assertThat(Vectors.number(out, before + i))
            .isEqualTo(ReferenceCurve.multiply(k, lifted[i]).u());
      }
      assertThat(Vectors.number(out, before + count)).as("behind the batch").isZero();
      multiply(Vectors.bytes(k), points, before, count, points);
      assertThat(points).as("in place").isEqualTo(out);
    }
  }

  @Test
  void multiply_byOneTwoAndTheOrderPlusOne_isRight() {
    ReferenceCurve.Point base = ReferenceCurve.lift(BigInteger.valueOf(9)).orElseThrow();
    BigInteger order = CurveSecret.ORDER;
    assertThat(product(BigInteger.ONE, base)).isEqualTo(9);
    assertThat(product(order.add(BigInteger.ONE), base)).isEqualTo(9);
    assertThat(product(order.subtract(BigInteger.ONE), base)).isEqualTo(9);
    assertThat(product(BigInteger.TWO, base)).isEqualTo(ReferenceCurve.add(base, base).u());
  }

  /**
   * On curve and twist, near p and with long runs of equal bits: both kernels, or the scalar twice.
   */
  @Test
  void multiply_ofEdgesAndOfTheTwist_isWhatTheScalarLadderGives() {
    BigInteger p = ReferenceCurve.P;
    BigInteger top = BigInteger.TWO.pow(254);
    BigInteger[] edges = {
      BigInteger.TWO,
      BigInteger.valueOf(3),
      p.subtract(BigInteger.TWO),
      p.subtract(BigInteger.valueOf(18)),
      top,
      top.subtract(BigInteger.ONE),
      p.subtract(BigInteger.TWO.pow(21)),
      new BigInteger("55".repeat(32), 16).clearBit(255).mod(p)
    };
    Random random = new Random(25);
    int count = edges.length + 300;
    byte[] points = new byte[32 * count];
    for (int i = 0; i < count; i++) {
      BigInteger u = i < edges.length ? edges[i] : new BigInteger(255, random).mod(p);
      System.arraycopy(Vectors.bytes(u), 0, points, 32 * i, 32);
    }
    for (BigInteger k :
        new BigInteger[] {
          BigInteger.TWO.pow(256).subtract(BigInteger.ONE),
          BigInteger.TWO.pow(255),
          new BigInteger(256, random)
        }) {
      byte[] expected = new byte[points.length];
      Ladders.multiply(LadderKernel.scalar(), Vectors.bytes(k), points, 0, count, expected);
      byte[] found = new byte[points.length];
      multiply(Vectors.bytes(k), points, 0, count, found);
      assertThat(found).isEqualTo(expected);
    }
  }

  /** By Euler, with small numbers, numbers next to p, and both symbols of many others. */
  @Test
  void squares_areToldFromOthers() {
    BigInteger p = ReferenceCurve.P;
    Random random = new Random(26);
    for (int count : new int[] {1, 5, 8, 203}) {
      byte[] elements = new byte[32 * count];
      byte[] expected = new byte[count];
      for (int i = 0; i < count; i++) {
        BigInteger small = BigInteger.valueOf(1 + i / 2);
        BigInteger element =
            i > 20 ? new BigInteger(254, random) : i % 2 == 0 ? small : p.subtract(small);
        System.arraycopy(Vectors.bytes(element), 0, elements, 32 * i, 32);
        BigInteger symbol = element.modPow(p.shiftRight(1), p);
        expected[i] = (byte) (symbol.equals(BigInteger.ONE) ? 1 : 0);
      }
      byte[] found = new byte[count];
      kernel().squares(elements, count, found);
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void kernel_passesItsSelfTest() {
    assertThat(Ladders.passes(kernel())).isTrue();
  }

  private void multiply(byte[] scalar, byte[] points, int from, int count, byte[] out) {
    Ladders.multiply(kernel(), scalar, points, from, count, out);
  }

  private BigInteger product(BigInteger k, ReferenceCurve.Point point) {
    byte[] out = Vectors.bytes(point.u());
    multiply(Vectors.bytes(k), out, 0, 1, out);
    return Vectors.number(out);
  }

  private static ReferenceCurve.Point onCurve(Random random) {
    return Stream.generate(() -> new BigInteger(255, random).mod(ReferenceCurve.P))
        .flatMap(u -> ReferenceCurve.lift(u).stream())
        .findFirst()
        .orElseThrow();
  }

  private void assertProduct(String scalar, String u, String product) {
    byte[] out = HexFormat.of().parseHex(u);
    multiply(clamped(HexFormat.of().parseHex(scalar)), out, 0, 1, out);
    assertThat(HexFormat.of().formatHex(out)).isEqualTo(product);
  }

  private static byte[] clamped(byte[] scalar) {
    byte[] out = scalar.clone();
    out[0] &= (byte) 248;
    out[31] &= 127;
    out[31] |= 64;
    return out;
  }
}
