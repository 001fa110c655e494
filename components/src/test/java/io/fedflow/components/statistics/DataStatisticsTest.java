package io.fedflow.components.statistics;

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

class DataStatisticsTest {

  private static final Offset<Double> EXACT = within(1e-12);
  private static final double NONE = Double.NaN;

  private static Table guest() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", new double[] {1, 2, 3, NONE, 10});
    columns.put("same", new double[] {2, 2, 2, 2, 2});
    return Tables.instances(GUEST, null, columns);
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    return Pair.harness(new DataStatistics(), params)
        .inputs(GUEST, Tables.asData(guest()))
        .inputs(HOST, Tables.asData(BreastData.host(HOST)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Double> of(Result result, String column) {
    return (Map<String, Double>) result.trackers().get(GUEST).summary().get(column);
  }

  @Test
  void theBasicSet_isMeasuredOnPresentValues() {
    Result result = harness(Map.of()).run().succeeded();
    Map<String, Double> a = of(result, "a");
    assertThat(a.keySet()).containsExactlyInAnyOrderElementsOf(StatisticNames.BASIC);
    // 1, 2, 3, 10: distances -3, -2, -1, 6; squares 50; cubes 180; fourth powers 1394.
    assertThat(a.get("sum")).isEqualTo(16);
    assertThat(a.get("mean")).isEqualTo(4);
    assertThat(a.get("stddev")).isEqualTo(Math.sqrt(12.5), EXACT);
    assertThat(a.get("median")).isEqualTo(2);
    assertThat(a.get("min")).isEqualTo(1);
    assertThat(a.get("max")).isEqualTo(10);
    assertThat(a.get("missing_count")).isEqualTo(1);
    assertThat(a.get("missing_ratio")).isEqualTo(0.2, EXACT);
    assertThat(a.get("coefficient_of_variance")).isEqualTo(Math.sqrt(12.5) / 4, EXACT);
    assertThat(a.get("skewness")).isEqualTo(45 / Math.pow(12.5, 1.5), EXACT);
    assertThat(a.get("kurtosis")).isEqualTo(348.5 / (12.5 * 12.5) - 3, EXACT);
    Map<String, Double> same = of(result, "same");
    assertThat(same.get("skewness")).isZero();
    assertThat(same.get("kurtosis")).isEqualTo(-3);
    assertThat(result.of(GUEST).data()).isEmpty();
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void asked_statisticsComeOnTop_correctedAndWithoutAbnormalValues() {
    Result result =
        harness(
                Map.of(
                    "statistics",
                    List.of("COUNT", "variance", "25%", "100%", "0%"),
                    "bias",
                    false,
                    "abnormal_list",
                    List.of(-1)))
            .run()
            .succeeded();
    Map<String, Double> a = of(result, "a");
    assertThat(a.get("count")).isEqualTo(4);
    assertThat(a.get("variance")).isEqualTo(12.5, EXACT);
    assertThat(a.get("25%")).isEqualTo(1);
    assertThat(a.get("100%")).isEqualTo(10);
    assertThat(a.get("0%")).isEqualTo(1);
    assertThat(a.get("skewness")).isEqualTo(45 / Math.pow(12.5, 1.5) * Math.sqrt(12) / 2, EXACT);
    assertThat(a.get("kurtosis")).isEqualTo((15 * 348.5 / (12.5 * 12.5) - 27) / 2, EXACT);
    Result abnormal = harness(Map.of("abnormal_list", List.of(10))).run().succeeded();
    assertThat(of(abnormal, "a").get("max")).isEqualTo(3);
    assertThat(of(abnormal, "a").get("missing_count")).isEqualTo(2);
  }

  /** Computed with numpy on the same table; see reference values of FATE's example data. */
  @Test
  void breastData_hasTheKnownStatistics() {
    Result result =
        harness(Map.of()).inputs(GUEST, Tables.asData(BreastData.guest(GUEST))).run().succeeded();
    Map<String, Double> x0 = of(result, "x0");
    Offset<Double> six = within(2e-6);
    assertThat(x0.get("mean")).isEqualTo(0, within(1e-7));
    assertThat(x0.get("stddev")).isEqualTo(1.0, within(1e-5));
    assertThat(x0.get("min")).isEqualTo(-1.726901, six);
    assertThat(x0.get("median")).isEqualTo(-0.26904, six);
    assertThat(x0.get("max")).isEqualTo(4.094189, six);
    assertThat(x0.get("skewness")).isEqualTo(1.100205, six);
    assertThat(x0.get("kurtosis")).isEqualTo(0.925287, six);
  }

  @Test
  void theModelHoldsEveryValue_onlyOfChosenColumns_andRepeats() {
    Map<String, ?> chosen = Map.of("column_indexes", List.of(1), "column_names", List.of());
    Result result = harness(chosen).run().succeeded();
    ModelMessage param = result.of(GUEST).model().orElseThrow().param();
    assertThat(param.text("model_name")).isEqualTo("statistic_model");
    assertThat(param.message("self_values").<ModelMessage>list("results"))
        .hasSize(StatisticNames.BASIC.size())
        .allSatisfy(
            each -> {
              assertThat(each.<String>list("col_names")).containsExactly("same");
              assertThat(each.<Double>list("values")).hasSize(1);
            });
    Pair.assertSameBytes(
        result.of(HOST).model().orElseThrow(),
        harness(chosen).run().of(HOST).model().orElseThrow());
  }

  @Test
  void aNameOfAnotherPartysColumn_isLeftOut_unlessNothingIsLeft() {
    List<String> header = guest().schema().header();
    Map<String, Object> both =
        Map.of("column_indexes", List.of(1), "column_names", List.of("elsewhere"));
    Result result = harness(both).run();

    assertThat(result.trackers().get(GUEST).summary().keySet()).containsExactly(header.get(1));
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("[elsewhere]"));
    Map<String, Object> alone =
        Map.of("column_indexes", List.of(), "column_names", List.of("elsewhere"));
    assertThat(harness(alone).run().failures().get(GUEST))
        .has(Failures.code("columns.unknown"))
        .hasMessageContaining("elsewhere");
  }

  @Test
  void aColumnWithoutAnyValue_isLeftOut_andTheLogSaysSo() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("gone", new double[] {NONE, NONE});
    columns.put("here", new double[] {1, 3});
    Result result =
        harness(Map.of())
            .inputs(GUEST, Tables.asData(Tables.instances(GUEST, null, columns)))
            .run()
            .succeeded();

    assertThat(result.trackers().get(GUEST).summary().keySet()).containsExactly("here");
    assertThat(of(result, "here").get("mean")).isEqualTo(2);
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("[gone]"));
  }

  @Test
  void badInput_isNamed() {
    Table gone = Tables.instances(GUEST, null, Map.of("gone", new double[] {NONE, NONE}));
    assertThat(harness(Map.of()).inputs(GUEST, Tables.asData(gone)).run().failures().get(GUEST))
        .has(Failures.code("columns.empty"))
        .hasMessageContaining("gone");
    assertThat(harness(Map.of("column_indexes", List.of(7))).run().failures().get(GUEST))
        .has(Failures.code("columns.unknown"))
        .hasMessageContaining("column_indexes");
    Table two = Tables.instances(GUEST, null, Map.of("few", new double[] {1, 2}));
    assertThat(
            harness(Map.of("bias", false))
                .inputs(GUEST, Tables.asData(two))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("statistics.few"))
        .hasMessageContaining("few");
    assertThat(Pair.refused(new DataStatistics(), Map.of("statistics", List.of("mean", "101%", 3))))
        .containsExactly("p/statistics/1", "p/statistics/2");
    assertThat(Pair.refused(new DataStatistics(), Map.of("statistics", "mode")))
        .containsExactly("p/statistics");
  }
}
