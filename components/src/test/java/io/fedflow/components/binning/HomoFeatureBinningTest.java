package io.fedflow.components.binning;

import static io.fedflow.components.testing.HomoData.GUEST;
import static io.fedflow.components.testing.HomoData.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.HomoData;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomoFeatureBinningTest {

  private static final HomoFeatureBinning COMPONENT = new HomoFeatureBinning();
  private static final Table GUEST_ROWS = HomoData.rows(0, 200);
  private static final Table HOST_ROWS = HomoData.rows(200, 569);
  private static final int ROWS = 569;

  private static Result run(Map<String, ?> params) {
    return new ComponentHarness(COMPONENT, HomoData.parties(1))
        .params(params)
        .inputs(GUEST, Tables.as("data", GUEST_ROWS))
        .inputs(HOST, Tables.as("data", HOST_ROWS))
        .run();
  }

  private static double[] points(Result result, Party party, String column) {
    return BinningModel.of(result.of(party).model().orElseThrow()).bins().get(column).points();
  }

  /** How many values of all parties lie at or below a point. */
  private static double rank(String column, double point) {
    return Arrays.stream(HomoData.all().numbers(column)).filter(v -> v <= point).count();
  }

  @Test
  void recursiveQuery_cutsAllRowsIntoEqualCounts_atEveryPartyAlike() {
    Result result = run(Map.of("method", "recursive_query", "bin_num", 5)).succeeded();
    for (String column : List.of("x0", "x7")) {
      double[] cuts = points(result, GUEST, column);
      assertThat(cuts).hasSize(5).isEqualTo(points(result, HOST, column));
      for (int bin = 1; bin < 5; bin++) {
        assertThat(rank(column, cuts[bin - 1]))
            .as("%s %d", column, bin)
            .isCloseTo(Math.floor(bin / 5.0 * ROWS), within(1.0));
      }
    }
  }

  @Test
  void virtualSummary_isAsGoodAsItsPointsAreDense() {
    Result result = run(Map.of("bin_num", 4, "sample_bins", 1000)).succeeded();
    double[] cuts = points(result, HOST, "x2");
    assertThat(cuts).isEqualTo(points(result, GUEST, "x2"));
    for (int bin = 1; bin < 4; bin++) {
      assertThat(rank("x2", cuts[bin - 1])).isCloseTo(bin / 4.0 * ROWS, within(6.0));
    }
  }

  @Test
  void valuesBecomeBins_andAStoredModelCutsOtherRowsAlike() {
    Result result =
        run(Map.of("method", "recursive_query", "bin_indexes", List.of(0, 2))).succeeded();
    Table binned = result.of(GUEST).data().get(0);
    assertThat(Arrays.stream(binned.numbers("x0")).max().orElseThrow()).isEqualTo(9);
    assertThat(binned.numbers("x1")).isEqualTo(GUEST_ROWS.numbers("x1"));
    Result again =
        new ComponentHarness(COMPONENT, HomoData.parties(1))
            .params(Map.of())
            .inputs(GUEST, stored(GUEST_ROWS, result, GUEST))
            .inputs(HOST, stored(HOST_ROWS, result, HOST))
            .run()
            .succeeded();
    assertThat(again.of(GUEST).data().get(0).numbers("x0")).isEqualTo(binned.numbers("x0"));
    assertThat(again.messages()).allMatch(m -> m.tag().name().equals("homo_binning_more"));
  }

  @Test
  void messages_holdNothingOfARow() {
    Result result = run(Map.of("method", "recursive_query")).succeeded();
    Wire.assertNoTraceOf(result.messages(), GUEST_ROWS);
    Wire.assertNoTraceOf(result.messages(), HOST_ROWS);
    for (var message : result.messages()) {
      if (message.tag().name().contains("bounds")) {
        for (double bound : message.payload().asDoubles()) {
          for (double[] column : HomoData.all().features()) {
            assertThat(column).doesNotContain(bound);
          }
        }
      }
    }
  }

  @Test
  void whatCannotBe_isRefusedByName() {
    Problems problems = new Problems();
    COMPONENT
        .descriptor()
        .resolve(
            Map.of(
                "transform_param", Map.of("transform_type", "woe"), "category_indexes", List.of(1)),
            "params",
            problems);
    assertThat(problems.errors())
        .extracting(p -> p.pointer())
        .containsExactlyInAnyOrder(
            "params/transform_param/transform_type", "params/category_indexes");
    Result result =
        new ComponentHarness(COMPONENT, HomoData.parties(1))
            .params(Map.of())
            .inputs(GUEST, Tables.as("data", GUEST_ROWS))
            .inputs(HOST, Tables.as("data", HOST_ROWS.keepFeatures(name -> !name.equals("x4"))))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("columns.mismatch"))
        .hasMessageContaining("x5");
  }

  private static TaskInputs stored(Table table, Result trained, Party party) {
    return new TaskInputs(
        Map.of("data", List.of(new DataInput("a_0.data", table))),
        trained.of(party).model(),
        List.of());
  }
}
