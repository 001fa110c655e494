package io.fedflow.components.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.binning.HeteroFeatureBinning;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeteroFeatureSelectionTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final Parties PARTIES =
      new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000")));

  private static ComponentModel guestBins;
  private static ComponentModel hostBins;

  @BeforeAll
  static void binOnce() {
    Result binned =
        new ComponentHarness(new HeteroFeatureBinning(CryptoSuite.standard()), PARTIES)
            .params(Map.of("encrypt_param", Map.of("key_length", 1024)))
            .inputs(GUEST, Tables.asData(BreastData.guest(GUEST)))
            .inputs(HOST, Tables.asData(BreastData.host(HOST)))
            .run()
            .succeeded();
    guestBins = binned.of(GUEST).model().orElseThrow();
    hostBins = binned.of(HOST).model().orElseThrow();
  }

  private static TaskInputs inputs(Table table, ComponentModel... isometric) {
    return new TaskInputs(
        Map.of("data", List.of(new DataInput("binning_0.train", table))),
        Optional.empty(),
        List.of(isometric));
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    return new ComponentHarness(new HeteroFeatureSelection(), PARTIES)
        .params(params)
        .inputs(GUEST, inputs(BreastData.guest(GUEST), guestBins))
        .inputs(HOST, inputs(BreastData.host(HOST), hostBins));
  }

  private static List<String> left(Result result, Party party) {
    return result.of(party).data().get(0).schema().header();
  }

  @Test
  void uniqueAndInformationValue_asInTheUsersJob_dropTheWeakHostColumns() {
    Result result =
        harness(
                Map.of(
                    "filter_methods",
                    List.of("unique_value", "iv_value_thres"),
                    "unique_param",
                    Map.of("eps", 1e-6),
                    "iv_value_param",
                    Map.of("value_threshold", 0.1)))
            .run()
            .succeeded();
    assertThat(left(result, GUEST)).hasSize(10);
    // x11, x14 and x18 have information values of 0.093, 0.072 and 0.094.
    assertThat(left(result, HOST)).hasSize(17).doesNotContain("x11", "x14", "x18");
    assertThat(result.of(GUEST).data().get(0).label()).isNotNull();
    assertThat(result.trackers().get(HOST).summary()).containsKeys("unique_value", "all");
    ModelMessage last =
        result.of(GUEST).model().orElseThrow().param().<ModelMessage>list("results").get(1);
    assertThat(last.text("filter_name")).isEqualTo("iv_value_thres");
    assertThat(last.<ModelMessage>list("host_feature_values").get(0).map("feature_values"))
        .hasSize(20)
        .containsKey("host_10000_x11");
  }

  @Test
  void topK_poolsTheColumnsOfGuestAndHost() {
    Result result =
        harness(Map.of("filter_methods", List.of("iv_top_k"), "iv_top_k_param", Map.of("k", 5)))
            .run()
            .succeeded();
    // In order: guest x2 6.39, x3 6.13, x0 6.06, x7 5.85, host x7 5.58.
    assertThat(left(result, GUEST)).containsExactly("x0", "x2", "x3", "x7");
    assertThat(left(result, HOST)).containsExactly("x7");
  }

  @Test
  void aFilterThatWouldRemoveEverything_leavesTheBestOfEachParty() {
    Result result =
        harness(
                Map.of(
                    "filter_methods",
                    List.of("iv_filter"),
                    "iv_param",
                    Map.of("threshold", 100, "metrics", "iv")))
            .run()
            .succeeded();
    assertThat(left(result, GUEST)).containsExactly("x2");
    assertThat(left(result, HOST)).containsExactly("x7");
  }

  @Test
  void hostThresholds_applyToHostsOnly() {
    Result result =
        harness(
                Map.of(
                    "filter_methods",
                    List.of("iv_filter"),
                    "iv_param",
                    Map.of("threshold", 1, "host_thresholds", List.of(5))))
            .run()
            .succeeded();
    assertThat(left(result, GUEST)).hasSize(8);
    assertThat(left(result, HOST)).containsExactly("x2", "x7");
  }

  @Test
  void manualFilters_keepWhatTheConfNames_andOtherColumnsAlways() {
    Result result =
        harness(Map.of())
            .params(GUEST, Map.of("manually_param", Map.of("filter_out_names", List.of("x3", "?"))))
            .params(
                HOST,
                Map.of(
                    "select_col_indexes",
                    List.of(0, 1),
                    "manually_param",
                    Map.of("left_col_indexes", List.of(1))))
            .run()
            .succeeded();
    assertThat(left(result, GUEST)).hasSize(9).doesNotContain("x3");
    assertThat(left(result, HOST)).hasSize(19).doesNotContain("x0");
  }

  @Test
  void constantColumn_isRemovedByUniqueValue_withoutAnyModel() {
    Table host = BreastData.host(HOST);
    double[] constant = new double[host.rowCount()];
    java.util.Arrays.fill(constant, 7);
    Result result =
        harness(Map.of("filter_methods", List.of("unique_value")))
            .inputs(GUEST, inputs(BreastData.guest(GUEST)))
            .inputs(HOST, inputs(BreastData.withColumn(host, 4, constant)))
            .run()
            .succeeded();
    assertThat(left(result, HOST)).hasSize(19).doesNotContain("x4");
  }

  @Test
  void storedModel_removesTheSameColumns() {
    Result fitted =
        harness(
                Map.of(
                    "filter_methods",
                    List.of("iv_value_thres"),
                    "iv_value_param",
                    Map.of("value_threshold", 1.5)))
            .run()
            .succeeded();
    Result applied =
        harness(Map.of())
            .inputs(GUEST, withModel(BreastData.guest(GUEST), fitted.of(GUEST)))
            .inputs(HOST, withModel(BreastData.host(HOST), fitted.of(HOST)))
            .run()
            .succeeded();
    assertThat(applied.messages()).isEmpty();
    assertThat(left(applied, HOST)).isEqualTo(left(fitted, HOST)).hasSizeLessThan(20);
  }

  @Test
  void missingBinningModel_isNamed() {
    Result result =
        harness(Map.of("filter_methods", List.of("iv_value_thres")))
            .inputs(GUEST, inputs(BreastData.guest(GUEST)))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("selection.isometric"))
        .hasMessageContaining("HeteroFeatureBinning");
  }

  @Test
  void differentFilters_areNamedAtTheHost() {
    Result result =
        harness(Map.of("filter_methods", List.of("iv_value_thres")))
            .params(HOST, Map.of("filter_methods", List.of("unique_value")))
            .run();
    assertThat(result.failures().get(HOST)).has(Failures.code("selection.filters"));
  }

  @Test
  void messages_holdNoValueAndNoColumnNameOfAHost() {
    Result result = harness(Map.of("filter_methods", List.of("iv_top_k"))).run().succeeded();
    Wire.assertNoTraceOf(result.messages(), BreastData.host(HOST));
    assertThat(result.messages())
        .filteredOn(m -> m.tag().name().equals("selection_columns"))
        .allSatisfy(
            m ->
                assertThat(m.payload().asTexts()).allMatch(name -> name.startsWith("host_10000_")));
  }

  @Test
  void severalRunsOfOneFilter_haveHostThresholdsOfTheirOwn() {
    java.util.List<Object> hostThresholds = new java.util.ArrayList<>();
    hostThresholds.add(List.of(5));
    hostThresholds.add(null);
    Result result =
        harness(
                Map.of(
                    "filter_methods",
                    List.of("iv_filter"),
                    "iv_param",
                    Map.of(
                        "metrics",
                        List.of("iv", "iv"),
                        "filter_type",
                        List.of("threshold", "top_percentile"),
                        "threshold",
                        List.of(1, 0.5),
                        "host_thresholds",
                        hostThresholds)))
            .run()
            .succeeded();
    // First 8 of the guest and x2, x7 of the host stay; then the best 5 of these 10.
    assertThat(left(result, GUEST)).containsExactly("x0", "x2", "x3", "x7");
    assertThat(left(result, HOST)).containsExactly("x7");
    assertThat(result.trackers().get(HOST).summary())
        .containsOnlyKeys("iv_threshold", "iv_top_percentile", "all");
  }

  private static TaskInputs withModel(Table table, io.fedflow.component.TaskOutputs fitted) {
    return new TaskInputs(
        Map.of("data", List.of(new DataInput("binning_0.train", table))),
        fitted.model(),
        List.of());
  }
}
