package io.fedflow.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.store.ContractRun;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A kit that lets a broken runner pass is worth nothing: each break must cost its promise. */
class ContractFindsBrokenRunnersTest {

  /** What a broken runner does on a thread of its own may come too late to be seen in one run. */
  private static final int RUNS = 5;

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BrokenRunners.StartsTwice.class, "R1"),
        Arguments.of(BrokenRunners.TellsEndsTwice.class, "R2"),
        Arguments.of(BrokenRunners.LosesModels.class, "R3"),
        Arguments.of(BrokenRunners.ForgetsTheReason.class, "R4"),
        Arguments.of(BrokenRunners.DoesNotFence.class, "R5"),
        Arguments.of(BrokenRunners.Overlaps.class, "R6"),
        Arguments.of(BrokenRunners.HidesStrays.class, "R7"),
        Arguments.of(BrokenRunners.LosesCheckpoints.class, "R8"),
        Arguments.of(BrokenRunners.SwallowsErrors.class, "R9"),
        Arguments.of(BrokenRunners.LeavesFiles.class, "R10"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenRunner_failsTheTestsOfThePromiseItBreaks(
      Class<? extends TaskRunnerContract> contract, String promise) {
    Set<String> found = new TreeSet<>();
    for (int run = 0; run < RUNS && !found.contains(promise); run++) {
      found.addAll(ContractRun.brokenPromises(contract));
    }
    assertThat(found).contains(promise);
  }
}
