package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedBasesTest {

  private static final BigInteger MODULUS = Keys.PAIR.publicKey().modulus();

  /** Some counts are no multiple of lanes or chunks; later products use larger tables. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 65", "2, 7", "3, 300"})
  void products_areThoseOfPowers(int bases, int count) {
    Random random = new Random(count);
    List<BigInteger> given =
        random.ints(bases).mapToObj(i -> new BigInteger(1000, random)).toList();
    FixedBases powers = Keys.SUITE.fixedBases(MODULUS, given, 160, ComputePool.inline());
    for (int round = 0; round < 2; round++) {
      BigInteger[][] exponents = new BigInteger[bases][count];
      for (BigInteger[] ofBase : exponents) {
        for (int i = 0; i < count; i++) {
          ofBase[i] = new BigInteger(i % 5 == 0 ? i % 3 : 160, random);
        }
      }
      BigInteger[] products = powers.products(exponents);
      assertThat(products).hasSize(count);
      for (int i = 0; i < count; i++) {
        BigInteger expected = BigInteger.ONE;
        for (int base = 0; base < bases; base++) {
          expected =
              expected.multiply(given.get(base).modPow(exponents[base][i], MODULUS)).mod(MODULUS);
        }
        assertThat(products[i]).as("product %d", i).isEqualTo(expected);
      }
    }
  }

  @Test
  void wrongExponents_areRefused() {
    FixedBases powers =
        Keys.SUITE.fixedBases(
            MODULUS, List.of(BigInteger.TWO, BigInteger.TEN), 8, ComputePool.inline());
    BigInteger[] fine = {BigInteger.valueOf(255)};
    assertThat(powers.products(fine, fine)).hasSize(1);
    assertThat(powers.products(new BigInteger[0], new BigInteger[0])).isEmpty();
    for (BigInteger[][] wrong :
        new BigInteger[][][] {
          {},
          {fine},
          {fine, {}},
          {fine, {BigInteger.valueOf(256)}},
          {{BigInteger.valueOf(-1)}, fine}
        }) {
      assertThatThrownBy(() -> powers.products(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(powers).hasToString("fixed bases[2]");
  }
}
