package io.fedflow.components.crypto.curve25519;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.crypto.CryptoException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaddersTest {

  private static final LadderKernel SCALAR = LadderKernel.scalar();

  @Test
  void choose_takesTheFirstThatCanRunAndComputesRight() {
    LadderKernel right = new Named("right", Optional.empty(), false);
    assertThat(Ladders.choose(List.of(right, SCALAR), null)).isSameAs(right);
    assertThat(
            Ladders.choose(List.of(new Named("no", Optional.of("no module"), false), SCALAR), null))
        .isSameAs(SCALAR);
    assertThat(Ladders.choose(List.of(new Named("wrong", Optional.empty(), true), SCALAR), null))
        .isSameAs(SCALAR);
  }

  @Test
  void choose_byTheNameOfAnotherKernel_isScalar() {
    LadderKernel right = new Named("right", Optional.empty(), false);
    assertThat(Ladders.choose(List.of(right, SCALAR), "right")).isSameAs(right);
    assertThat(Ladders.choose(List.of(right, SCALAR), "double")).isSameAs(SCALAR);
  }

  @Test
  void choose_ofANamedOneThatCannotRun_tellsWhy() {
    assertThatThrownBy(
            () ->
                Ladders.choose(
                    List.of(new Named("no", Optional.of("no module"), false), SCALAR), "no"))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("no module");
    assertThatThrownBy(
            () ->
                Ladders.choose(
                    List.of(new Named("wrong", Optional.empty(), true), SCALAR), "wrong"))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("wrong results");
  }

  private record Named(String name, Optional<String> obstacle, boolean wrong)
      implements LadderKernel {

    @Override
    public void climb(byte[] scalar, byte[] points, int from, int count, byte[] x, byte[] z) {
      SCALAR.climb(scalar, points, from, count, x, z);
      if (wrong) {
        // In the last of them only: a self-test of one lane would not see it.
        x[32 * count - 32] ^= 1;
      }
    }
  }
}
