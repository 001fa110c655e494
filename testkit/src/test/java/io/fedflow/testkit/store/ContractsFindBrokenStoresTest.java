package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A kit that lets a broken store pass is worth nothing: each break must cost its promise. */
class ContractsFindBrokenStoresTest {

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BrokenJobStores.ForgetsAtRestart.class, "J1"),
        Arguments.of(BrokenJobStores.StoresHalfATurn.class, "J2"),
        Arguments.of(BrokenJobStores.IgnoresRevisions.class, "J3"),
        Arguments.of(BrokenJobStores.AnswersTooEarly.class, "J4"),
        Arguments.of(BrokenJobStores.LosesTheTail.class, "J5"),
        Arguments.of(BrokenJobStores.AnswersNull.class, "J6"),
        Arguments.of(BrokenJobStores.SwallowsTakenSequences.class, "J7"),
        Arguments.of(BrokenJobStores.DropsOneTooMany.class, "J8"),
        Arguments.of(BrokenJobStores.DropsNothing.class, "J8"),
        Arguments.of(BrokenJobStores.LosesLines.class, "J9"),
        Arguments.of(BrokenJobStores.CountsThePage.class, "J10"),
        Arguments.of(BrokenCatalogs.TrackingForgetsAtRestart.class, "T1"),
        Arguments.of(BrokenCatalogs.ReversesPoints.class, "T2"),
        Arguments.of(BrokenCatalogs.KeepsTheFirstSummary.class, "T3"),
        Arguments.of(BrokenCatalogs.FindsNoOutputs.class, "T4"),
        Arguments.of(BrokenCatalogs.LosesTheLastLine.class, "T5"),
        Arguments.of(BrokenCatalogs.KeepsMetrics.class, "T6"),
        Arguments.of(BrokenCatalogs.KeepsLogs.class, "T7"),
        Arguments.of(BrokenCatalogs.FindsAnyText.class, "T8"),
        Arguments.of(BrokenCatalogs.TellsDroppedOutputs.class, "T9"),
        Arguments.of(BrokenCatalogs.HidesTheReplacedEntry.class, "C2"),
        Arguments.of(BrokenCatalogs.ListsOldestFirst.class, "C3"),
        Arguments.of(BrokenCatalogs.SortsModels.class, "M2"),
        Arguments.of(BrokenCatalogs.KeepsTheFirstPipeline.class, "M4"),
        Arguments.of(BrokenCatalogs.RemovesNothing.class, "M5"),
        Arguments.of(BrokenCatalogs.IgnoresTheParty.class, "M3"),
        Arguments.of(BrokenBlobStores.ShowsUnfinishedBlobs.class, "B1"),
        Arguments.of(BrokenBlobStores.KeepsTheFirstContent.class, "B2"),
        Arguments.of(BrokenBlobStores.InventsEmptyBlobs.class, "B3"),
        Arguments.of(BrokenBlobStores.MixesKeysByCase.class, "B4"),
        Arguments.of(BrokenBlobStores.ExchangesWhateverIsThere.class, "B5"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenStore_failsTheTestsOfThePromiseItBreaks(
      Class<? extends StoresContract> contract, String promise) {
    assertThat(ContractRun.brokenPromises(contract)).contains(promise);
  }
}
