package io.fedflow.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds every deliberate bug within the default seeds, and calls it by its name. */
class FlawsTest {

  private static final int SEEDS = 200;

  @ParameterizedTest
  @EnumSource
  void isFound(Flaws flaw) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        SimulatedWorld.run(seed, EnumSet.allOf(Fault.class), flaw);
      } catch (SimulationFailure found) {
        if (found.check() == flaw.catches()) {
          assertThat(found)
              .hasMessageContaining("seed " + seed)
              .hasMessageContaining(flaw.catches().sentence())
              .hasMessageContaining("-Dsimulation.first=" + seed)
              .hasMessageContaining("submits j");
          return;
        }
      }
    }
    fail(flaw + " was not found by " + flaw.catches());
  }
}
