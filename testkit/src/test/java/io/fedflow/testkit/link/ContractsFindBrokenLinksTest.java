package io.fedflow.testkit.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.store.ContractRun;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A kit that lets a broken link pass is worth nothing: each break must cost its promise. */
class ContractsFindBrokenLinksTest {

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BrokenLinks.AnswersTooEarly.class, "L1"),
        Arguments.of(BrokenLinks.ForgetsTheKind.class, "L2"),
        Arguments.of(BrokenLinks.CallsAbsenceABug.class, "L3"),
        Arguments.of(BrokenLinks.SwapsCommands.class, "L4"),
        Arguments.of(BrokenLinks.MixesUpAnswers.class, "L5"),
        Arguments.of(BrokenLinks.LosesEnvelopes.class, "F1"),
        Arguments.of(BrokenLinks.CutsPayloads.class, "F2"),
        Arguments.of(BrokenLinks.HidesAbsence.class, "F3"),
        Arguments.of(BrokenLinks.SwallowsInterrupts.class, "F4"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenLink_failsTheTestsOfThePromiseItBreaks(
      Class<? extends LinkContract> contract, String promise) {
    assertThat(ContractRun.brokenPromises(contract)).contains(promise);
  }
}
