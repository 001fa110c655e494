package io.fedflow.components.imputation;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureImputationTest {

  private static final double NONE = Double.NaN;

  private static Table guest() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", new double[] {4, NONE, 1, 1, -9, 8});
    columns.put("b", new double[] {1, 2, 3, 4, 5, 6});
    return Tables.instances(GUEST, new double[] {0, 1, 0, 1, 0, 1}, columns);
  }

  private static Table host() {
    return Tables.instances(HOST, null, Map.of("h", new double[] {NONE, 2}));
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    return Pair.harness(new FeatureImputation(), params)
        .inputs(GUEST, Tables.asData(guest()))
        .inputs(HOST, Tables.asData(host()));
  }

  private static double[] filled(Result result, String column) {
    return result.of(GUEST).data().get(0).numbers(column);
  }

  /** Of 4, 1, 1, -9, 8: sorted -9, 1, 1, 4, 8. */
  @ParameterizedTest
  @CsvSource({"min, -9", "max, 8", "mean, 1", "median, 1", "mode, 1", "designated, 0"})
  void aMissingValueIsReplacedByTheMethod(String method, double expected) {
    Result result = harness(Map.of("missing_fill_method", method)).run().succeeded();
    assertThat(filled(result, "a")).containsExactly(4, expected, 1, 1, -9, 8);
    assertThat(filled(result, "b")).isEqualTo(guest().numbers("b"));
    Map<String, Object> summary = result.trackers().get(GUEST).summary();
    assertThat(summary.get("missing_impute_rate")).isEqualTo(Map.of("a", 1 / 6.0, "b", 0.0));
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void listedValuesAreMissing_andColumnsMayHaveMethodsOfTheirOwn() {
    Result result =
        harness(Map.of())
            .params(
                GUEST,
                Map.of(
                    "missing_impute",
                    List.of(-9, "6", "none"),
                    "col_missing_fill_method",
                    Map.of("a", "mean", "b", "designated"),
                    "col_default_value",
                    Map.of("b", 100)))
            .run()
            .succeeded();
    assertThat(filled(result, "a")).containsExactly(4, 3.5, 1, 1, 3.5, 8);
    assertThat(filled(result, "b")).containsExactly(1, 2, 3, 4, 5, 100);
    assertThat(result.trackers().get(HOST).summary().get("skip_cols")).isEqualTo(List.of("h"));
    // Without a method nothing is filled.
    assertThat(result.of(HOST).data().get(0).numbers("h")[0]).isNaN();
  }

  @Test
  void aMethodOfAColumn_standsAboveTheGeneralOne() {
    Result result =
        harness(Map.of("missing_fill_method", "max"))
            .params(GUEST, Map.of("col_missing_fill_method", Map.of("a", "MIN")))
            .run()
            .succeeded();
    assertThat(filled(result, "a")[1]).isEqualTo(-9);
    assertThat(result.of(HOST).data().get(0).numbers("h")).containsExactly(2, 2);
    ModelMessage param = result.of(GUEST).model().orElseThrow().param().message("imputer_param");
    assertThat(param.map("cols_replace_method")).isEqualTo(Map.of("a", "min", "b", "max"));
  }

  @Test
  void severalModes_areChosenBySeedOrRefused() {
    Table two = Tables.instances(HOST, null, Map.of("h", new double[] {1, 2, NONE, 2, 1}));
    Result one = mode(two, 5, "random").succeeded();
    Result again = mode(two, 5, "random").succeeded();
    assertThat(one.of(HOST).data().get(0).numbers("h")[2]).isIn(1.0, 2.0);
    Pair.assertSameBytes(one.of(HOST).model().orElseThrow(), again.of(HOST).model().orElseThrow());
    assertThat(
            java.util.stream.LongStream.range(0, 30)
                .mapToDouble(
                    seed -> mode(two, seed, "random").of(HOST).data().get(0).numbers("h")[2])
                .distinct()
                .toArray())
        .containsExactlyInAnyOrder(1, 2);
    assertThat(mode(two, 5, "raise").failures().get(HOST))
        .has(Failures.code("imputation.ties"))
        .hasMessageContaining("column h");
  }

  private static Result mode(Table host, long seed, String ties) {
    return harness(Map.of("missing_fill_method", "mode", "multi_mode", ties))
        .inputs(HOST, Tables.asData(host))
        .seed(seed)
        .run();
  }

  @Test
  void storedModel_fillsByTheTrainedValues() {
    Result fitted = harness(Map.of("missing_fill_method", "max")).run().succeeded();
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("b", new double[] {NONE, 1});
    columns.put("a", new double[] {NONE, NONE});
    Result applied =
        harness(Map.of())
            .inputs(
                GUEST,
                Tables.withModel(
                    Tables.asData(Tables.instances(GUEST, null, columns)),
                    Pair.reread(fitted.of(GUEST).model().orElseThrow())))
            .run()
            .succeeded();
    assertThat(filled(applied, "a")).containsExactly(8, 8);
    assertThat(filled(applied, "b")).containsExactly(6, 1);
    assertThat(applied.trackers().get(GUEST).summary().get("missing_impute_rate"))
        .isEqualTo(Map.of("a", 1.0, "b", 0.5));
  }

  @Test
  void texts_areFilledByModeAndDesignatedOnly() {
    Table texts = texts("red", "", "blue", "red");
    Result mode =
        harness(Map.of("missing_fill_method", "mode"))
            .inputs(HOST, Tables.asData(texts))
            .run()
            .succeeded();
    assertThat(mode.of(HOST).data().get(0).column(0).textAt(1)).isEqualTo("red");
    assertThat(
            harness(Map.of("missing_fill_method", "mean"))
                .inputs(HOST, Tables.asData(texts))
                .run()
                .failures()
                .get(HOST))
        .has(Failures.code("imputation.text"))
        .hasMessageContaining("colour");
  }

  private static Table texts(String... values) {
    Table ids = Tables.ofIds("1", "2", "3", "4");
    return ids.withColumns(
        List.of(
            new ColumnSpec("colour", ColumnSpec.Type.TEXT, ColumnSpec.Use.FEATURE, "host_1_x0")),
        List.of(new Column.Texts(values)));
  }

  @Test
  void badInput_isNamed() {
    Table gone = Tables.instances(HOST, null, Map.of("gone", new double[] {NONE, 7}));
    Map<String, ?> sevens = Map.of("missing_fill_method", "mean", "missing_impute", List.of(7));
    assertThat(harness(sevens).inputs(HOST, Tables.asData(gone)).run().failures().get(HOST))
        .has(Failures.code("columns.empty"))
        .hasMessageContaining("gone");
    assertThat(
            harness(Map.of("col_missing_fill_method", Map.of("zzz", "min")))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("columns.unknown"))
        .hasMessageContaining("zzz");
    assertThat(
            harness(Map.of("missing_fill_method", "designated", "default_value", "much"))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("imputation.value"))
        .hasMessageContaining("column a")
        .hasMessageContaining("much");
    assertThat(
            Pair.refused(
                new FeatureImputation(),
                Map.of("missing_fill_method", "best", "col_missing_fill_method", Map.of("a", 1))))
        .contains("p/missing_fill_method");
    assertThat(
            Pair.refused(
                new FeatureImputation(), Map.of("col_missing_fill_method", Map.of("a", 1))))
        .containsExactly("p/col_missing_fill_method/a");
  }
}
