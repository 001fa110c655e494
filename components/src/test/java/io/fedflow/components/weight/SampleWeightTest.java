package io.fedflow.components.weight;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class SampleWeightTest {

  private static Table guest(double... weights) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", new double[] {1, 2, 3, 4});
    columns.put("w", weights);
    return Tables.instances(GUEST, new double[] {0, 1, 0, 0}, columns);
  }

  private static ComponentHarness harness(Map<String, ?> params, Table guest) {
    return Pair.harness(new SampleWeight(), params)
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(Tables.instances(HOST, null, Map.of("h", new double[] {1}))));
  }

  @Test
  void balanced_weighsLabelsByTheirRarity() {
    Result result =
        harness(Map.of("class_weight", "balanced"), guest(1, 1, 1, 1)).run().succeeded();
    // 4 rows, 2 classes: 4 / (2 * 3) and 4 / (2 * 1).
    assertThat(result.of(GUEST).data().get(0).weight())
        .containsExactly(4 / 6.0, 2, 4 / 6.0, 4 / 6.0);
    assertThat(result.of(GUEST).data().get(0).schema().header()).containsExactly("a", "w");
    ModelMessage param = result.of(GUEST).model().orElseThrow().param();
    assertThat(param.text("weight_mode")).isEqualTo("class weight");
    assertThat(result.trackers().get(GUEST).meta("train", "sample_weight"))
        .containsEntry("classes", List.of("0", "1"))
        .containsEntry("metric_type", "SAMPLE_WEIGHT");
    // The host has no labels.
    assertThat(result.of(HOST).data().get(0).weight()).isNull();
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void givenWeights_areThoseOfTheirLabels_otherLabelsGetOne() {
    Result result =
        harness(Map.of("class_weight", Map.of("1", 3.5)), guest(1, 1, 1, 1)).run().succeeded();
    assertThat(result.of(GUEST).data().get(0).weight()).containsExactly(1, 3.5, 1, 1);
  }

  @Test
  void aColumn_isNoFeatureAnyMore_andStandsAboveClasses() {
    Result result =
        harness(Map.of(), guest(2, 4, 6, 0))
            .params(
                GUEST,
                Map.of("sample_weight_name", "w", "normalize", true, "class_weight", "balanced"))
            .run()
            .succeeded();
    Table table = result.of(GUEST).data().get(0);
    assertThat(table.weight()).containsExactly(2 / 3.0, 4 / 3.0, 2, 0);
    assertThat(table.schema().header()).containsExactly("a");
    assertThat(table.label()).containsExactly(0, 1, 0, 0);
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING sample_weight_name"));
  }

  @Test
  void neither_changesNothing() {
    Result result = harness(Map.of(), guest(1, 1, 1, 1)).run().succeeded();
    assertThat(result.of(GUEST).data().get(0).weight()).isNull();
    assertThat(result.of(GUEST).model()).isEmpty();
  }

  @Test
  void storedModel_weighsByTheTrainedClasses_andBearsWithAMissingColumn() {
    Result fitted =
        harness(Map.of("class_weight", "balanced"), guest(1, 1, 1, 1)).run().succeeded();
    Result applied = applied(fitted, guest(5, 5, 5, 5));
    assertThat(applied.of(GUEST).data().get(0).weight())
        .isEqualTo(fitted.of(GUEST).data().get(0).weight());
    Result byColumn =
        harness(Map.of(), guest(1, 2, 3, 4))
            .params(GUEST, Map.of("sample_weight_name", "w"))
            .run()
            .succeeded();
    Table without = Tables.instances(GUEST, null, Map.of("a", new double[] {1}));
    assertThat(applied(byColumn, without).of(GUEST).data().get(0)).isSameAs(without);
    assertThat(applied(byColumn, guest(9, 8, 7, 6)).of(GUEST).data().get(0).weight())
        .containsExactly(9, 8, 7, 6);
  }

  private static Result applied(Result fitted, Table table) {
    return harness(Map.of(), table)
        .inputs(
            GUEST,
            Tables.withModel(
                Tables.asData(table), Pair.reread(fitted.of(GUEST).model().orElseThrow())))
        .run()
        .succeeded();
  }

  @Test
  void badInput_isNamed() {
    Map<String, ?> byColumn = Map.of("sample_weight_name", "w", "normalize", true);
    assertThat(
            harness(Map.of(), guest(1, Double.NaN, 1, 1))
                .params(GUEST, byColumn)
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("weight.missing"))
        .hasMessageContaining("column w");
    assertThat(
            harness(Map.of(), guest(0, 0, 0, 0))
                .params(GUEST, byColumn)
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("weight.mean"));
    assertThat(
            harness(Map.of("sample_weight_name", "v"), guest(1, 1, 1, 1))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("columns.unknown"))
        .hasMessageContaining("v");
    assertThat(Pair.refused(new SampleWeight(), Map.of("class_weight", "even")))
        .containsExactly("p/class_weight");
    assertThat(Pair.refused(new SampleWeight(), Map.of("class_weight", Map.of("1", "x"))))
        .containsExactly("p/class_weight/1");
  }
}
