package io.fedflow.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.store.ContractRun;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A kit that lets a broken invoker pass is worth nothing: each break must cost its promise. */
class ContractFindsBrokenInvokersTest {

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BrokenInvokers.SubmitsTwice.class, "I1"),
        Arguments.of(BrokenInvokers.AcceptsAnything.class, "I2"),
        Arguments.of(BrokenInvokers.PraisesEverything.class, "I3"),
        Arguments.of(BrokenInvokers.IgnoresLimits.class, "I4"),
        Arguments.of(BrokenInvokers.InventsSummaries.class, "I5"),
        Arguments.of(BrokenInvokers.DeploysNothing.class, "I6"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenInvoker_failsTheTestsOfThePromiseItBreaks(
      Class<? extends JobInvokerContract> contract, String promise) {
    assertThat(ContractRun.brokenPromises(contract)).contains(promise);
  }
}
