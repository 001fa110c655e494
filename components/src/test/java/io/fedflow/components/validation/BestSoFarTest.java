package io.fedflow.components.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.testing.Failures;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import org.junit.jupiter.api.Test;

class BestSoFarTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");

  private final GainCounter gains = new GainCounter(2);
  private final BestSoFar<String> best = new BestSoFar<>(2, 2);

  private boolean validate(int iteration, double first, double second) {
    return best.update(
        GUEST, gains.update(new double[] {first, second}), iteration, "weights " + iteration);
  }

  private void assertChosen(int iteration) {
    assertThat(best.chosen()).contains(new BestSoFar.Kept<>(iteration, "weights " + iteration));
  }

  @Test
  void nothingIsChosenBeforeTheFirstValidation() {
    assertThat(best.chosen()).isEmpty();
  }

  @Test
  void theMetricThatGainsNothing_endsAndChooses() {
    assertThat(validate(1, 0.5, 0.7)).isFalse();
    assertThat(validate(3, 0.6, 0.8)).isFalse();
    assertThat(validate(5, 0.7, 0.8)).as("an equal value is no gain").isFalse();
    assertChosen(5);
    assertThat(validate(7, 0.8, 0.79)).isTrue();
    assertChosen(3);
  }

  @Test
  void aGain_startsTheCountAgain() {
    validate(0, 0.5, 0.5);
    validate(1, 0.4, 0.6);
    validate(2, 0.6, 0.7);
    assertThat(validate(3, 0.5, 0.8)).isFalse();
    assertChosen(2);
    assertThat(validate(4, 0.5, 0.9)).isTrue();
    assertChosen(2);
  }

  @Test
  void countersThatCannotFollow_areRefused() {
    for (long[] counters : new long[][] {{0}, {0, 0, 0}, {1, 0}, {0, -1}}) {
      assertThatThrownBy(() -> best.update(GUEST, counters, 0, ""))
          .has(Failures.code("validation.message"));
    }
    best.update(GUEST, new long[] {0, 0}, 0, "");
    assertThatThrownBy(() -> best.update(GUEST, new long[] {2, 0}, 1, ""))
        .has(Failures.code("validation.message"))
        .hasMessageContaining("expected 0 or 1");
  }
}
