package io.fedflow.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plays many worlds. {@code simulation.first} and {@code simulation.seeds} choose which. */
class SimulationTest {

  private static final long FIRST = Long.getLong("simulation.first", 0);
  private static final long SEEDS = Long.getLong("simulation.seeds", 1_000);

  /** What the engine survives. */
  private static final Set<Fault> FAULTS =
      EnumSet.of(
          Fault.STORE_DOWN,
          Fault.STOP,
          Fault.DROP,
          Fault.LOST_ANSWER,
          Fault.PARTITION,
          Fault.CRASH,
          Fault.DUPLICATE,
          Fault.TASK_FAILURE);

  @Test
  void everyWorldHolds() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      assertThat(SimulatedWorld.run(seed, FAULTS).length()).isGreaterThan(5);
    }
  }
}
