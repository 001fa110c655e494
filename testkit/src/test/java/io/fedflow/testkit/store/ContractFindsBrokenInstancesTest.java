package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each break of instances that share stores must cost its promise. */
class ContractFindsBrokenInstancesTest {

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BrokenInstances.KnowsNoOwner.class, "I1"),
        Arguments.of(BrokenInstances.ClaimsAnything.class, "I2"),
        Arguments.of(BrokenInstances.RenewsNoEndedLease.class, "I3"),
        Arguments.of(BrokenInstances.TakesTwice.class, "I4"),
        Arguments.of(BrokenInstances.WritesPastTheGuard.class, "I5"),
        Arguments.of(BrokenInstances.FencesTheLiving.class, "I6"),
        Arguments.of(BrokenInstances.LeavesSilently.class, "I7"),
        Arguments.of(BrokenInstances.WritesPastTheGuard.class, "I8"),
        Arguments.of(BrokenInstances.ClaimsTheUnfinished.class, "I9"),
        Arguments.of(BrokenInstances.HearsNothing.class, "I10"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenInstance_failsTheTestsOfThePromiseItBreaks(
      Class<? extends SiteInstancesContract> contract, String promise) {
    assertThat(ContractRun.brokenPromises(contract)).contains(promise);
  }
}
