package io.fedflow.components.binning;

import static io.fedflow.components.testing.HomoData.GUEST;
import static io.fedflow.components.testing.HomoData.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.HomoData;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.failure.Problems;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
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
        .resolve(Map.of("transform_param", Map.of("transform_type", "woe")), "params", problems);
    assertThat(problems.errors())
        .extracting(p -> p.pointer())
        .containsExactly("params/transform_param/transform_type");
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

  private static Table rounded(Table table, double shift) {
    double[] values = Arrays.stream(table.numbers("x3")).map(v -> Math.rint(v) + shift).toArray();
    values[3] = Double.NaN;
    return BreastData.withColumn(table, at(table, "x3"), values);
  }

  private static int at(Table table, String name) {
    return table.schema().columns().stream().map(ColumnSpec::name).toList().indexOf(name);
  }

  private static Result categories(Table guest, Table host, Map<String, ?> params) {
    return new ComponentHarness(COMPONENT, HomoData.parties(1))
        .params(params)
        .inputs(GUEST, Tables.as("data", guest))
        .inputs(HOST, Tables.as("data", host))
        .run();
  }

  @Test
  void categoryColumns_haveABinForEachValueOfAnyParty_besideColumnsByRanks() {
    Table guest = rounded(GUEST_ROWS, 0);
    Table host = rounded(HOST_ROWS, 2);
    Map<String, ?> params = Map.of("category_names", List.of("x3"), "bin_num", 5);
    Result result = categories(guest, host, params).succeeded();
    double[] values =
        DoubleStream.concat(Arrays.stream(guest.numbers("x3")), Arrays.stream(host.numbers("x3")))
            .filter(v -> !Double.isNaN(v))
            .map(v -> v + 0.0)
            .distinct()
            .sorted()
            .toArray();
    assertThat(points(result, GUEST, "x3")).isEqualTo(values).hasSizeGreaterThan(6);
    assertThat(points(result, HOST, "x3")).isEqualTo(values);
    assertThat(points(result, HOST, "x0")).hasSizeLessThanOrEqualTo(5);
    Table binned = result.of(HOST).data().get(0);
    for (int row = 4; row < 40; row++) {
      assertThat(binned.numbers("x3")[row])
          .isEqualTo(Arrays.binarySearch(values, host.numbers("x3")[row] + 0.0));
    }
    // A missing value has the bin behind all others.
    assertThat(binned.numbers("x3")[3]).isEqualTo(values.length);
    // What crosses of the column are its different values, once each.
    assertThat(result.messages())
        .filteredOn(m -> m.tag().name().equals("homo_binning_categories"))
        .hasSize(2)
        .allSatisfy(
            m -> {
              double[] sent = m.payload().asDoubles();
              assertThat(sent[0]).isEqualTo(sent.length - 1);
              assertThat(Arrays.stream(sent).skip(1).distinct().count()).isEqualTo(sent.length - 1);
            });
    Pair.assertSameBytes(
        result.of(HOST).model().orElseThrow(),
        categories(guest, host, params).succeeded().of(HOST).model().orElseThrow());
  }

  @Test
  void onlyCategoryColumns_needNoRanks() {
    Result result =
        categories(
                rounded(GUEST_ROWS, 0),
                rounded(HOST_ROWS, 0),
                Map.of("bin_indexes", List.of(), "category_indexes", List.of(3)))
            .succeeded();
    assertThat(points(result, GUEST, "x3")).hasSizeBetween(5, 9);
    assertThat(result.messages())
        .extracting(m -> m.tag().name())
        .containsOnly(
            "homo_binning_more", "homo_binning_categories", "homo_binning_common_categories");
  }

  @Test
  void categoriesThatAreNone_andPartiesThatDiffer_areNamed() {
    int rows = CategoryValues.MOST + 1;
    Table many =
        Tables.instances(
            GUEST,
            null,
            Map.of("x", java.util.stream.IntStream.range(0, rows).asDoubleStream().toArray()));
    assertThat(
            categories(many, many, Map.of("bin_indexes", List.of(), "category_indexes", List.of(0)))
                .rootFailure())
        .has(Failures.code("binning.categories"))
        .hasMessageContaining("column x");
    Result differs =
        new ComponentHarness(COMPONENT, HomoData.parties(1))
            .params(GUEST, Map.of("category_names", List.of("x3")))
            .inputs(GUEST, Tables.as("data", GUEST_ROWS))
            .inputs(HOST, Tables.as("data", HOST_ROWS))
            .run();
    assertThat(differs.failures().get(HOST)).has(Failures.code("columns.mismatch"));
  }

  @Test
  void categoriesOfTheWrongForm_areRefused() {
    for (double[] sent :
        List.of(new double[] {2, 5}, new double[] {2, 5, 4}, new double[] {1, Double.NaN})) {
      Result result =
          new ComponentHarness(COMPONENT, HomoData.parties(1))
              .params(Map.of("bin_indexes", List.of(), "category_indexes", List.of(3)))
              .inputs(GUEST, Tables.as("data", rounded(GUEST_ROWS, 0)))
              .inputs(HOST, Tables.as("data", rounded(HOST_ROWS, 0)))
              .tamper(
                  envelope ->
                      envelope.tag().equals(CommonCategories.VALUES) && envelope.from().equals(HOST)
                          ? new Envelope(
                              envelope.task(),
                              envelope.from(),
                              envelope.to(),
                              envelope.tag(),
                              Payload.ofDoubles(sent))
                          : envelope)
              .run();
      assertThat(result.failures().get(HomoData.ARBITER)).has(Failures.code("binning.message"));
    }
  }

  private static TaskInputs stored(Table table, Result trained, Party party) {
    return new TaskInputs(
        Map.of("data", List.of(new DataInput("a_0.data", table))),
        trained.of(party).model(),
        List.of());
  }
}
