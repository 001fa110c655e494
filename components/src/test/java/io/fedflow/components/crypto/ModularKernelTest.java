package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModularKernelTest {

  private static final int[] BITS = {
    3, 54, 55, 56, 110, 111, 112, 113, 512, 1024, 1455, 2047, 2048, 3072, 4096, 5630, 6144, 7100,
    8192
  };

  static List<ModularKernelFactory> factories() {
    return List.of(ModularKernelFactory.scalar(), ModularKernelFactory.doubles());
  }

  @ParameterizedTest
  @MethodSource("factories")
  void mulBatch_randomNumbers_agreesWithBigInteger(ModularKernelFactory factory) {
    for (int bits : BITS) {
      Random random = new Random(bits);
      BigInteger n = modulus(bits, random);
      ModularKernel kernel = factory.create(n);
      BigInteger[] a = numbers(n, 20, random);
      BigInteger[] b = numbers(n, 20, random);
      long[] left = Residues.enterAll(kernel, a);
      long[] right = Residues.enterAll(kernel, b);

      kernel.mulBatch(left, 0, right, 0, right, 0, 20);

      for (int i = 0; i < 20; i++) {
        assertThat(Residues.leave(kernel, right, i)).isEqualTo(a[i].multiply(b[i]).mod(n));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("factories")
  void mulBatch_modulusOfOnes_extremesDoNotOverflow(ModularKernelFactory factory) {
    for (int bits : BITS) {
      BigInteger n = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      ModularKernel kernel = factory.create(n);
      BigInteger last = n.subtract(BigInteger.ONE);
      long[] value = Residues.enter(kernel, last);

      kernel.squareBatch(value, 0, 1, 1);

      assertThat(Residues.leave(kernel, value, 0)).isEqualTo(BigInteger.ONE);
    }
  }

  @ParameterizedTest
  @MethodSource("factories")
  void longChains_stayReduced(ModularKernelFactory factory) {
    Random random = new Random(7);
    BigInteger n = modulus(2048, random);
    ModularKernel kernel = factory.create(n);
    BigInteger expected = numbers(n, 1, random)[0];
    BigInteger factor = expected;
    long[] value = Residues.enter(kernel, expected);
    long[] base = value.clone();
    for (int i = 0; i < 300; i++) {
      kernel.mulShared(value, 0, base, 0, value, 0, 1);
      expected = expected.multiply(factor).mod(n);
    }
    assertThat(Residues.leave(kernel, value, 0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("factories")
  void mulIndexed_repeatedTargets_multipliesAll(ModularKernelFactory factory) {
    Random random = new Random(8);
    BigInteger n = modulus(1024, random);
    ModularKernel kernel = factory.create(n);
    BigInteger[] values = numbers(n, 6, random);
    long[] target = new long[2 * kernel.words()];
    boolean[] filled = new boolean[2];

    kernel.mulIndexed(
        target,
        new int[] {1, 1, 0, 1, 0, 1},
        Residues.enterAll(kernel, values),
        new int[] {0, 1, 2, 3, 4, 5},
        5,
        filled);

    assertThat(filled).containsExactly(true, true);
    assertThat(Residues.leave(kernel, target, 0)).isEqualTo(values[2].multiply(values[4]).mod(n));
    assertThat(Residues.leave(kernel, target, 1))
        .isEqualTo(values[0].multiply(values[1]).multiply(values[3]).mod(n));
  }

  @ParameterizedTest
  @MethodSource("factories")
  void residues_powersAndInverses_agreeWithBigInteger(ModularKernelFactory factory) {
    Random random = new Random(9);
    BigInteger n = BigInteger.probablePrime(521, random);
    ModularKernel kernel = factory.create(n);
    BigInteger[] values = numbers(n, 9, random);
    for (BigInteger exponent :
        new BigInteger[] {
          BigInteger.ZERO, BigInteger.ONE, BigInteger.valueOf(65537), new BigInteger(500, random)
        }) {
      long[] out = new long[9 * kernel.words()];
      Residues.powShared(kernel, Residues.enterAll(kernel, values), 0, 9, exponent, out);
      for (int i = 0; i < 9; i++) {
        assertThat(Residues.leave(kernel, out, i)).isEqualTo(values[i].modPow(exponent, n));
      }
    }
    long[] inverted = Residues.enterAll(kernel, values);
    Residues.invertBatch(kernel, inverted, 1, 8);
    assertThat(Residues.leave(kernel, inverted, 0)).isEqualTo(values[0]);
    for (int i = 1; i < 9; i++) {
      assertThat(Residues.leave(kernel, inverted, i)).isEqualTo(values[i].modInverse(n));
    }
  }

  @ParameterizedTest
  @MethodSource("factories")
  void comb_anyShape_agreesWithBigInteger(ModularKernelFactory factory) {
    Random random = new Random(10);
    BigInteger n = modulus(512, random);
    ModularKernel kernel = factory.create(n);
    BigInteger base = numbers(n, 1, random)[0];
    for (int teeth = 1; teeth <= 6; teeth++) {
      for (int blocks : new int[] {1, 3, 8}) {
        int bits = 90 + teeth;
        FixedBaseComb comb =
            new FixedBaseComb(kernel, Residues.enter(kernel, base), bits, teeth, blocks);
        BigInteger[] exponents = {
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE),
          new BigInteger(bits, random)
        };
        long[] out = new long[5 * kernel.words()];
        comb.pow(exponents, 0, 4, out, 1);
        for (int i = 0; i < 4; i++) {
          assertThat(Residues.leave(kernel, out, i + 1)).isEqualTo(base.modPow(exponents[i], n));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("factories")
  void create_evenModulus_isRefused(ModularKernelFactory factory) {
    assertThatThrownBy(() -> factory.create(BigInteger.TEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BigInteger modulus(int bits, Random random) {
    return new BigInteger(bits, random).setBit(0).setBit(bits - 1);
  }

  private static BigInteger[] numbers(BigInteger n, int count, Random random) {
    BigInteger[] numbers = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = new BigInteger(n.bitLength() + 32, random).mod(n);
    }
    return numbers;
  }
}
