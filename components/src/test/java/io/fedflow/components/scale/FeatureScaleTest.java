package io.fedflow.components.scale;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FeatureScaleTest {

  private static final Offset<Double> EXACT = within(1e-12);
  private static final double NONE = Double.NaN;

  private static Table guest() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", new double[] {1, 2, 3, 4, 10});
    columns.put("b", new double[] {5, 5, 5, 5, 5});
    columns.put("c", new double[] {-1, NONE, 0, 1, NONE});
    return Tables.instances(GUEST, new double[] {0, 1, 0, 1, 1}, columns);
  }

  private static Table host() {
    return Tables.instances(HOST, null, Map.of("h", new double[] {0, 10, 20, 30, 40}));
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    return Pair.harness(new FeatureScale(), params)
        .inputs(GUEST, Tables.asData(guest()))
        .inputs(HOST, Tables.asData(host()));
  }

  private static double[] scaled(Result result, String column) {
    return result.of(GUEST).data().get(0).numbers(column);
  }

  @Test
  void standard_subtractsTheMeanAndDividesByThePopulationDeviation() {
    Result result = harness(Map.of()).run().succeeded();
    // Mean 4, squares 9+4+1+0+36 = 50, deviation sqrt(10).
    double d = Math.sqrt(10);
    assertThat(scaled(result, "a"))
        .containsExactly(new double[] {-3 / d, -2 / d, -1 / d, 0, 6 / d}, EXACT);
    assertThat(scaled(result, "b")).containsExactly(0, 0, 0, 0, 0);
    // Mean 0, deviation sqrt(2/3) over the three values; a missing value stays missing.
    double e = Math.sqrt(1.5);
    assertThat(scaled(result, "c")).containsExactly(-e, NONE, 0, e, NONE);
    assertThat(result.of(HOST).data().get(0).numbers("h")[4]).isEqualTo(20 / Math.sqrt(200), EXACT);
    assertThat(result.of(GUEST).data().get(0).label()).isEqualTo(guest().label());
    assertThat(result.of(GUEST).data().get(0).schema().anonymousHeader())
        .containsExactly("guest_9999_x0", "guest_9999_x1", "guest_9999_x2");
    assertThat(result.trackers().get(GUEST).meta("train", "scale"))
        .containsEntry("method", "standard_scale")
        .containsEntry("metric_type", "SCALE");
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void withoutMeanOrDeviation_onlyTheOtherIsApplied() {
    assertThat(scaled(harness(Map.of("with_mean", false)).run().succeeded(), "a")[4])
        .isEqualTo(10 / Math.sqrt(10), EXACT);
    assertThat(scaled(harness(Map.of("with_std", false)).run().succeeded(), "a"))
        .containsExactly(-3, -2, -1, 0, 6);
  }

  @Test
  void minMax_mapsTheRangeToZeroAndOne_aConstantColumnToZero() {
    Result result = harness(Map.of("method", "min_max_scale")).run().succeeded();
    assertThat(scaled(result, "a"))
        .containsExactly(new double[] {0, 1 / 9.0, 2 / 9.0, 3 / 9.0, 1}, EXACT);
    assertThat(scaled(result, "b")).containsExactly(0, 0, 0, 0, 0);
    assertThat(scaled(result, "c")).containsExactly(0, NONE, 0.5, 1, NONE);
  }

  @Test
  void bounds_cutValues_andHaveNoEffectBeyondThem() {
    Result one =
        harness(Map.of("method", "min_max_scale", "feat_upper", 4, "feat_lower", -100))
            .run()
            .succeeded();
    assertThat(scaled(one, "a")).containsExactly(new double[] {0, 1 / 3.0, 2 / 3.0, 1, 1}, EXACT);
    Result each =
        harness(Map.of())
            .params(
                GUEST,
                Map.of("method", "min_max_scale", "feat_upper", List.of(3, 9, 9), "feat_lower", 2))
            .run()
            .succeeded();
    assertThat(scaled(each, "a")).containsExactly(0, 0, 1, 1, 1);
  }

  @Test
  void cap_takesQuantilesAsTheRange() {
    Result result =
        harness(Map.of("method", "min_max_scale", "mode", "cap", "feat_upper", 0.8))
            .run()
            .succeeded();
    // Rank ceil(0.8 * 5) = 4 of column a is 4.
    assertThat(scaled(result, "a"))
        .containsExactly(new double[] {0, 1 / 3.0, 2 / 3.0, 1, 1}, EXACT);
  }

  @Test
  void onlyChosenColumnsChange_andNoMethodChangesNothing() {
    Result chosen =
        harness(Map.of("scale_col_indexes", List.of()))
            .params(GUEST, Map.of("scale_names", List.of("a"), "scale_col_indexes", List.of(1)))
            .run()
            .succeeded();
    assertThat(scaled(chosen, "c")).isEqualTo(guest().numbers("c"));
    assertThat(scaled(chosen, "b")).containsExactly(0, 0, 0, 0, 0);
    assertThat(scaled(chosen, "a")[3]).isZero();
    ModelMessage param = chosen.of(GUEST).model().orElseThrow().param();
    assertThat(param.<ModelMessage>map("col_scale_param")).containsOnlyKeys("a", "b");
    Map<String, Object> none = new LinkedHashMap<>();
    none.put("method", null);
    assertThat(scaled(harness(none).run().succeeded(), "a")).isEqualTo(guest().numbers("a"));
    assertThat(scaled(harness(Map.of("need_run", false)).run().succeeded(), "a"))
        .isEqualTo(guest().numbers("a"));
  }

  @Test
  void storedModel_scalesNewRowsByTheTrainedRange() {
    Result fitted = harness(Map.of("method", "min_max_scale")).run().succeeded();
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("more", new double[] {9, 9});
    columns.put("b", new double[] {4, 7});
    columns.put("c", new double[] {0, NONE});
    columns.put("a", new double[] {-50, 5.5});
    Table later = Tables.instances(GUEST, null, columns);
    Result applied =
        harness(Map.of())
            .inputs(
                GUEST,
                Tables.withModel(
                    Tables.asData(later), Pair.reread(fitted.of(GUEST).model().orElseThrow())))
            .run()
            .succeeded();
    assertThat(applied.of(GUEST).data().get(0).schema().header()).containsExactly("a", "b", "c");
    assertThat(scaled(applied, "a")).containsExactly(0, 0.5);
    assertThat(scaled(applied, "b")).containsExactly(0, 0);
  }

  @Test
  void appliedToTheTrainingRows_theModelGivesTheTrainingOutput_andRepeats() {
    Table table = BreastData.guest(GUEST);
    Result fitted = harness(Map.of()).inputs(GUEST, Tables.asData(table)).run().succeeded();
    Result again = harness(Map.of()).inputs(GUEST, Tables.asData(table)).run().succeeded();
    Pair.assertSameBytes(
        fitted.of(GUEST).model().orElseThrow(), again.of(GUEST).model().orElseThrow());
    Result applied =
        harness(Map.of())
            .inputs(
                GUEST,
                Tables.withModel(
                    Tables.asData(table), Pair.reread(fitted.of(GUEST).model().orElseThrow())))
            .run()
            .succeeded();
    for (String column : table.schema().header()) {
      assertThat(scaled(applied, column)).isEqualTo(scaled(fitted, column));
    }
  }

  @Test
  void badColumns_areNamed() {
    Table empty = Tables.instances(HOST, null, Map.of("gone", new double[] {NONE, NONE}));
    assertThat(harness(Map.of()).inputs(HOST, Tables.asData(empty)).run().failures().get(HOST))
        .has(Failures.code("columns.empty"))
        .hasMessageContaining("gone");
    assertThat(harness(Map.of("scale_names", List.of("h"))).run().failures().get(GUEST)).isNull();
    assertThat(
            harness(Map.of("scale_col_indexes", List.of(), "scale_names", List.of("h")))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("columns.unknown"))
        .hasMessageContaining("scale_names");
    assertThat(harness(Map.of("feat_upper", List.of(1, 2))).run().failures().get(GUEST))
        .has(Failures.code("scale.bounds"))
        .hasMessageContaining("feat_upper");
    Table none = Tables.instances(HOST, null, Map.of("h", new double[0]));
    assertThat(harness(Map.of()).inputs(HOST, Tables.asData(none)).run().failures().get(HOST))
        .has(Failures.code("inputs.empty"));
    Table raw = Tables.raw("h", "1,2");
    assertThat(harness(Map.of()).inputs(HOST, Tables.asData(raw)).run().failures().get(HOST))
        .has(Failures.code("inputs.kind"));
  }

  @Test
  void badParameters_areNamed() {
    FeatureScale component = new FeatureScale();
    assertThat(Pair.refused(component, Map.of("method", "log"))).containsExactly("p/method");
    assertThat(Pair.refused(component, Map.of("mode", "cap", "feat_upper", 2)))
        .containsExactly("p/feat_upper");
    assertThat(Pair.refused(component, Map.of("feat_upper", 1, "feat_lower", 2)))
        .containsExactly("p/feat_upper");
    assertThat(Pair.refused(component, Map.of("feat_lower", List.of("x"))))
        .containsExactly("p/feat_lower");
  }
}
