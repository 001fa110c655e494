package io.fedflow.components.stability;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StabilityIndexTest {

  private static final double NONE = Double.NaN;

  private static TaskInputs both(Table expected, Table actual) {
    return new TaskInputs(
        Map.of(
            "train_data", List.of(new DataInput("a_0.data", expected)),
            "validate_data", List.of(new DataInput("b_0.data", actual))),
        Optional.empty(),
        List.of());
  }

  private static Table column(double... values) {
    return Tables.instances(GUEST, null, Map.of("c", values));
  }

  private static ComponentHarness harness(Map<String, ?> params, Table expected, Table actual) {
    Table host = BreastData.host(HOST);
    return Pair.harness(new StabilityIndex(), params)
        .inputs(GUEST, both(expected, actual))
        .inputs(HOST, both(host, host));
  }

  @Test
  void theIndexSumsOverBinsOfTheExpectedRows() {
    Result result =
        harness(
                Map.of("max_bin_num", 2),
                column(1, 2, 3, 4, NONE, NONE, NONE, NONE),
                column(2, 2, 2, 9, 9, 9, 9, 9))
            .run()
            .succeeded();
    // Bins up to 2, above, missing: expected 1/4, 1/4, 1/2; actual 3/8, 5/8, none.
    double first = (0.375 - 0.25) * Math.log(0.375 / 0.25);
    double second = (0.625 - 0.25) * Math.log(0.625 / 0.25);
    double third = (1e-6 - 0.5) * Math.log(1e-6 / 0.5);
    ModelMessage param = result.of(GUEST).model().orElseThrow().param();
    ModelMessage feature = param.<ModelMessage>list("feature_psi").get(0);
    assertThat(feature.<Double>list("psi")).hasSize(3);
    assertThat(feature.<Double>list("psi").get(0)).isEqualTo(first, within(1e-12));
    assertThat(feature.<Double>list("psi").get(1)).isEqualTo(second, within(1e-12));
    assertThat(feature.<Double>list("psi").get(2)).isEqualTo(third, within(1e-12));
    assertThat(feature.<String>list("interval")).containsExactly("c<=2", "2<c", "missing");
    assertThat(feature.<Double>list("expect_perc")).containsExactly(0.25, 0.25, 0.5);
    assertThat(param.<Double>map("total_score").get("c"))
        .isEqualTo(first + second + third, within(1e-12));
    assertThat(param.text("model_name")).isEqualTo("psi_model");
    assertThat(result.trackers().get(GUEST).summary().get("psi_scores"))
        .isEqualTo(param.map("total_score"));
    assertThat(result.of(GUEST).data()).isEmpty();
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void aTableAgainstItself_isStable() {
    Result result = harness(Map.of(), column(1), column(1)).run().succeeded();
    ModelMessage param = result.of(HOST).model().orElseThrow().param();
    assertThat(param.<Double>map("total_score"))
        .hasSize(20)
        .allSatisfy((c, v) -> assertThat(v).isZero());
    Pair.assertSameBytes(
        result.of(HOST).model().orElseThrow(),
        harness(Map.of(), column(1), column(1)).run().of(HOST).model().orElseThrow());
  }

  @Test
  void aValueMayStandForMissing() {
    Result result =
        harness(
                Map.of("max_bin_num", 2, "dense_missing_val", -99),
                column(1, 2, -99, -99),
                column(1, 2, NONE, -99))
            .run()
            .succeeded();
    assertThat(result.of(GUEST).model().orElseThrow().param().<Double>map("total_score"))
        .containsEntry("c", 0.0);
  }

  @Test
  void badInput_isNamed() {
    assertThat(harness(Map.of(), column(NONE), column(1)).run().failures().get(GUEST))
        .has(Failures.code("columns.empty"))
        .hasMessageContaining("column c");
    Table other = Tables.instances(GUEST, null, Map.of("d", new double[] {1}));
    assertThat(harness(Map.of(), column(1), other).run().failures().get(GUEST))
        .has(Failures.code("columns.missing"));
    assertThat(
            harness(Map.of(), column(1), column(1))
                .inputs(GUEST, Tables.asData(column(1)))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("inputs.missing"))
        .hasMessageContaining("validate_data");
    assertThat(harness(Map.of(), column(1), column()).run().failures().get(GUEST))
        .has(Failures.code("inputs.empty"));
    assertThat(Pair.refused(new StabilityIndex(), Map.of("max_bin_num", 1, "binning_error", 2)))
        .containsExactly("p/max_bin_num", "p/binning_error");
    assertThat(Pair.refused(new StabilityIndex(), Map.of("dense_missing_val", "x")))
        .containsExactly("p/dense_missing_val");
  }
}
