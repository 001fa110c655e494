package io.fedflow.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.store.ContractRun;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A kit that lets a broken port pass is worth nothing: each break must cost its promise. */
class ContractsFindBrokenPortsTest {

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BrokenCodecs.LosesNulls.class, "D1"),
        Arguments.of(BrokenCodecs.SortsKeys.class, "D2"),
        Arguments.of(BrokenCodecs.ReadsDoubles.class, "D3"),
        Arguments.of(BrokenCodecs.QuotesInfinity.class, "D4"),
        Arguments.of(BrokenCodecs.AddsBlanks.class, "D5"),
        Arguments.of(BrokenCodecs.HidesThePlace.class, "D6"),
        Arguments.of(BrokenCodecs.Overflows.class, "D7"),
        Arguments.of(BrokenTimers.RunsTwice.class, "W1"),
        Arguments.of(BrokenTimers.RunsTooEarly.class, "W2"),
        Arguments.of(BrokenTimers.RunsInside.class, "W3"),
        Arguments.of(BrokenTimers.CannotCancel.class, "W4"),
        Arguments.of(BrokenTimers.WorksClosed.class, "W5"),
        Arguments.of(BrokenAuditLogs.ForgetsAtItsEnd.class, "A1"),
        Arguments.of(BrokenAuditLogs.LeavesGaps.class, "A2"),
        Arguments.of(BrokenAuditLogs.HashesEachAlone.class, "A3"),
        Arguments.of(BrokenAuditLogs.TellsTheOldestFirst.class, "A4"),
        Arguments.of(BrokenAuditLogs.StripsTexts.class, "A5"),
        Arguments.of(BrokenAuditLogs.WorksClosed.class, "A6"),
        Arguments.of(BrokenPolicies.AllowsAll.class, "P1"),
        Arguments.of(BrokenPolicies.ChangesItsMind.class, "P2"),
        Arguments.of(BrokenPolicies.GivesNoReason.class, "P3"),
        Arguments.of(BrokenPolicies.Blocks.class, "P4"),
        Arguments.of(BrokenPolicies.IsOfOneThread.class, "P5"),
        Arguments.of(BrokenPolicies.AllowsWhatItCannotLookUp.class, "P6"),
        Arguments.of(BrokenTelemetry.MissesAKind.class, "O1"),
        Arguments.of(BrokenTelemetry.WantsAModule.class, "O2"),
        Arguments.of(BrokenTelemetry.IsOfOneThread.class, "O3"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenPort_failsTheTestsOfThePromiseItBreaks(Class<?> contract, String promise) {
    assertThat(ContractRun.brokenPromises(contract)).contains(promise);
  }
}
