package io.fedflow.components.crypto.curve25519;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LadderKernelTest {

  static Stream<LadderKernel> kernels() {
    return Stream.of(LadderKernel.scalar());
  }

  /** RFC 7748, 5.2: scalars as the ladder takes them, that is decoded. */
  @ParameterizedTest
  @MethodSource("kernels")
  void multiply_ofPublishedVectors_isTheirs(LadderKernel kernel) {
    assertProduct(
        kernel,
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    assertProduct(
        kernel,
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a413",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
  }

  /** RFC 7748, 5.2: the output becomes the scalar, the scalar the point. */
  @ParameterizedTest
  @MethodSource("kernels")
  void multiply_aThousandTimes_isThePublishedResult(LadderKernel kernel) {
    byte[] scalar = new byte[32];
    scalar[0] = 9;
    byte[] point = scalar.clone();
    for (int i = 1; i <= 1000; i++) {
      byte[] product = new byte[32];
      byte[] residue = Vectors.bytes(Vectors.number(point).clearBit(255).mod(ReferenceCurve.P));
      kernel.multiply(clamped(scalar), residue, 0, 1, product);
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

  @ParameterizedTest
  @MethodSource("kernels")
  void multiply_ofPartsOfBatches_isWhatTheTextbookGives(LadderKernel kernel) {
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

      kernel.multiply(Vectors.bytes(k), points, before, count, out);

      for (int i = 0; i < count; i++) {
        assertThat(Vectors.number(out, before + i))
            .isEqualTo(ReferenceCurve.multiply(k, lifted[i]).u());
      }
      assertThat(Vectors.number(out, before + count)).as("behind the batch").isZero();
      kernel.multiply(Vectors.bytes(k), points, before, count, points);
      assertThat(points).as("in place").isEqualTo(out);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void multiply_byOneTwoAndTheOrderPlusOne_isRight(LadderKernel kernel) {
    ReferenceCurve.Point base = ReferenceCurve.lift(BigInteger.valueOf(9)).orElseThrow();
    BigInteger order = CurveSecret.ORDER;
    assertThat(product(kernel, BigInteger.ONE, base)).isEqualTo(9);
    assertThat(product(kernel, order.add(BigInteger.ONE), base)).isEqualTo(9);
    assertThat(product(kernel, order.subtract(BigInteger.ONE), base)).isEqualTo(9);
    assertThat(product(kernel, BigInteger.TWO, base)).isEqualTo(ReferenceCurve.add(base, base).u());
  }

  private static BigInteger product(LadderKernel kernel, BigInteger k, ReferenceCurve.Point point) {
    byte[] out = Vectors.bytes(point.u());
    kernel.multiply(Vectors.bytes(k), out, 0, 1, out);
    return Vectors.number(out);
  }

  private static ReferenceCurve.Point onCurve(Random random) {
    return Stream.generate(() -> new BigInteger(255, random).mod(ReferenceCurve.P))
        .flatMap(u -> ReferenceCurve.lift(u).stream())
        .findFirst()
        .orElseThrow();
  }

  private static void assertProduct(LadderKernel kernel, String scalar, String u, String product) {
    byte[] out = HexFormat.of().parseHex(u);
    kernel.multiply(clamped(HexFormat.of().parseHex(scalar)), out, 0, 1, out);
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
