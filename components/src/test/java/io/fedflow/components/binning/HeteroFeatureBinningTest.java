package io.fedflow.components.binning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeteroFeatureBinningTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final Parties PARTIES =
      new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000")));
  private static final Map<String, Object> NO_TRANSFORM = new HashMap<>();

  // Computed centrally on the same data with numpy.
  private static final double[] GUEST_IVS = {
    6.063551, 1.216520, 6.393321, 6.127832, 0.963014, 2.321125, 3.624747, 5.848837, 1.083549,
    0.608773
  };
  private static final double[] HOST_IVS = {
    4.772018, 1.287811, 5.024485, 4.819594, 0.774238, 2.258511, 4.128188, 5.584183, 0.621709,
    0.256138, 2.913046, 0.092672, 3.120542, 4.501487, 0.072009, 0.909519, 1.640736, 1.365776,
    0.094104, 0.266377
  };
  private static final double[] X0_POINTS = {
    -1.04767, -0.784675, -0.612797, -0.46991, -0.26904, -0.053674, 0.2321, 0.840923, 1.53672,
    4.094189
  };
  private static final double[] X0_WOE = {
    4.223783, 4.223783, 2.793036, 2.793036, 2.811055, 0.419834, -0.306038, -2.862955, -5.266082,
    -5.248537
  };

  static {
    NO_TRANSFORM.put("transform_type", null);
  }

  private static ComponentHarness harness(Table guest, Table host, Map<String, ?> params) {
    return new ComponentHarness(new HeteroFeatureBinning(CryptoSuite.standard()), PARTIES)
        .params(params)
        .params(Map.of("encrypt_param", Map.of("key_length", 1024)))
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host));
  }

  private static Result run(Map<String, ?> params) {
    return harness(BreastData.guest(GUEST), BreastData.host(HOST), params).run();
  }

  private static BinningModel modelOf(Result result, Party party) {
    return BinningModel.of(result.of(party).model().orElseThrow());
  }

  @Test
  void quantileBinning_ofTheExample_matchesTheReferenceAtGuestAndHost() {
    Table guest = BreastData.guest(GUEST);
    Result result =
        harness(guest, BreastData.host(HOST), Map.of("transform_param", NO_TRANSFORM))
            .run()
            .succeeded();

    BinningModel model = modelOf(result, GUEST);
    assertThat(model.bins().get("x0").points()).containsExactly(X0_POINTS, within(2e-6));
    assertThat(model.own().get("x0").woe().stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(X0_WOE, within(1e-6));
    assertThat(ivs(model.own())).containsExactly(GUEST_IVS, within(1e-6));
    assertThat(ivs(model.ofHost("10000"))).containsExactly(HOST_IVS, within(1e-6));
    assertThat(model.ofHost("10000")).containsKeys("host_10000_x0", "host_10000_x19");
    // Rows, order and columns stay as they came.
    assertThat(result.of(GUEST).data().get(0)).isSameAs(guest);
    assertThat(result.trackers().get(GUEST).summary()).containsKey("result");
  }

  @Test
  void hostModel_holdsSplitPointsAndNoStatistics() {
    Result result = run(Map.of()).succeeded();
    BinningModel model = modelOf(result, HOST);
    assertThat(model.own()).isEmpty();
    assertThat(model.hosts()).isEmpty();
    assertThat(model.bins()).hasSize(20);
    // The guest never sees split points of the host.
    assertThat(
            result
                .of(GUEST)
                .model()
                .orElseThrow()
                .param()
                .<io.fedflow.model.ModelMessage>list("host_results")
                .get(0)
                .<io.fedflow.model.ModelMessage>map("binning_result")
                .get("host_10000_x3")
                .list("split_points"))
        .isEmpty();
  }

  @Test
  void binNumTransform_replacesChosenColumnsOnly() {
    Result result =
        run(Map.of("transform_param", Map.of("transform_cols", List.of(0, 2)))).succeeded();
    Table before = BreastData.guest(GUEST);
    Table after = result.of(GUEST).data().get(0);
    assertThat(after.ids()).isEqualTo(before.ids());
    assertThat(after.numbers("x1")).isEqualTo(before.numbers("x1"));
    assertThat(after.numbers("x0"))
        .isEqualTo(
            java.util.Arrays.stream(
                    modelOf(result, GUEST).bins().get("x0").indexesOf(before.numbers("x0")))
                .asDoubleStream()
                .toArray());
  }

  @Test
  void woeTransform_atTheGuest_replacesValues_andAtAHostIsRefused() {
    Map<String, ?> woe = Map.of("transform_param", Map.of("transform_type", "woe"));
    Result result =
        harness(BreastData.guest(GUEST), BreastData.host(HOST), Map.of())
            .params(GUEST, woe)
            .run()
            .succeeded();
    Table before = BreastData.guest(GUEST);
    double[] after = result.of(GUEST).data().get(0).numbers("x0");
    Bins bins = modelOf(result, GUEST).bins().get("x0");
    for (int row = 0; row < after.length; row++) {
      assertThat(after[row])
          .isCloseTo(X0_WOE[bins.indexOf(before.numbers("x0")[row])], within(1e-6));
    }

    assertThat(run(woe).rootFailure()).has(Failures.code("binning.woe")).hasMessageContaining("x0");
  }

  @Test
  void storedModel_appliesTheSameBinsAndCountsTheNewRows() {
    Result fitted = run(Map.of()).succeeded();
    Table guest = firstRows(BreastData.guest(GUEST).sortedById());
    Table host = firstRows(BreastData.host(HOST).sortedById());
    Result applied =
        harness(guest, host, Map.of())
            .inputs(GUEST, withModel(guest, fitted.of(GUEST).model().orElseThrow()))
            .inputs(HOST, withModel(host, fitted.of(HOST).model().orElseThrow()))
            .run()
            .succeeded();

    Bins bins = modelOf(fitted, HOST).bins().get("x7");
    assertThat(applied.of(HOST).data().get(0).numbers("x7"))
        .isEqualTo(
            java.util.Arrays.stream(bins.indexesOf(host.numbers("x7"))).asDoubleStream().toArray());
    assertThat(modelOf(applied, GUEST).own()).isEqualTo(modelOf(fitted, GUEST).own());
    long rows =
        applied
            .of(GUEST)
            .model()
            .orElseThrow()
            .param()
            .<io.fedflow.model.ModelMessage>list("transform_host_results")
            .get(0)
            .<io.fedflow.model.ModelMessage>map("binning_result")
            .get("host_10000_x0")
            .<Long>list("event_count_array")
            .stream()
            .mapToLong(Long::longValue)
            .sum();
    assertThat(rows).isEqualTo(java.util.Arrays.stream(guest.label()).filter(y -> y == 1).count());
  }

  @Test
  void localOnly_sendsNothingButThePlan() {
    Result result = run(Map.of("local_only", true)).succeeded();
    assertThat(result.messages()).extracting(m -> m.tag().name()).containsOnly("binning_plan");
    assertThat(ivs(modelOf(result, GUEST).own())).containsExactly(GUEST_IVS, within(1e-6));
    assertThat(modelOf(result, GUEST).hosts()).isEmpty();
  }

  @Test
  void skipStatic_needsNoLabels() {
    Table unlabelled = BreastData.host(GUEST);
    Result result =
        harness(unlabelled, BreastData.host(HOST), Map.of("skip_static", true)).run().succeeded();
    assertThat(modelOf(result, GUEST).own()).isEmpty();
    assertThat(modelOf(result, GUEST).bins()).hasSize(20);
  }

  @Test
  void missingValuesAtAHost_areCountedInABinOfTheirOwn() {
    Table host = BreastData.host(HOST);
    double[] holes = host.numbers("x0").clone();
    for (int row = 0; row < 50; row++) {
      holes[row] = Double.NaN;
    }
    Result result =
        harness(BreastData.guest(GUEST), BreastData.withColumn(host, 0, holes), Map.of())
            .run()
            .succeeded();
    BinStatistics x0 = modelOf(result, GUEST).ofHost("10000").get("host_10000_x0");
    assertThat(x0.woe()).hasSize(11);
    assertThat(x0.events().get(10) + x0.nonEvents().get(10)).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantile", "bucket"})
  void aColumnWithoutAnyValue_hasAllRowsInOneBin_andTheLogSaysSo(String method) {
    Table guest = BreastData.guest(GUEST);
    Table host = BreastData.host(HOST);
    double[] none = new double[guest.rowCount()];
    java.util.Arrays.fill(none, Double.NaN);
    int at = guest.schema().indexOf("x0");
    Result result =
        harness(
                BreastData.withColumn(guest, at, none),
                BreastData.withColumn(host, 0, none),
                Map.of("method", method))
            .run()
            .succeeded();

    assertThat(modelOf(result, GUEST).bins().get("x0").points()).containsExactly(0);
    BinStatistics x0 = modelOf(result, GUEST).ofHost("10000").get("host_10000_x0");
    assertThat(x0.events().get(1) + x0.nonEvents().get(1)).isEqualTo(guest.rowCount());
    assertThat(x0.total()).isFinite();
    for (var party : List.of(GUEST, HOST)) {
      assertThat(result.trackers().get(party).logLines())
          .anyMatch(
              line -> line.startsWith("WARNING") && line.contains("columns [x0] have no value"));
    }
  }

  @Test
  void givenSplitPoints_replaceTheMethod() {
    Map<String, Object> params =
        Map.of(
            "bin_indexes",
            List.of(),
            "bin_names",
            List.of("x1"),
            "split_points_by_col_name",
            Map.of("x1", List.of(-1, 0.5, 3)));
    Result result = run(params).succeeded();
    assertThat(modelOf(result, GUEST).bins()).containsOnlyKeys("x1");
    assertThat(modelOf(result, GUEST).bins().get("x1").points()).containsExactly(-1, 0.5, 3);
    assertThat(run(Map.of("split_points_by_col_name", Map.of("x1", List.of(1, 2)))).rootFailure())
        .has(Failures.code("binning.split_points"));
  }

  @Test
  void messages_holdNoRawValueLabelOrId() {
    Result result = run(Map.of()).succeeded();
    Wire.assertNoTraceOf(result.messages(), BreastData.guest(GUEST));
    Wire.assertNoTraceOf(result.messages(), BreastData.host(HOST));
  }

  @Test
  void shuffledLabels_changeNothingThatHostsSee() {
    Table guest = BreastData.guest(GUEST);
    Table host = BreastData.host(HOST);
    List<Envelope> one = harness(guest, host, Map.of()).run().succeeded().messages();
    List<Envelope> other =
        harness(BreastData.withShuffledLabels(guest, 7), host, Map.of())
            .run()
            .succeeded()
            .messages();
    Wire.assertSameBut(
        new HeteroFeatureBinning(CryptoSuite.standard()).descriptor(), one, other, Set.of());
  }

  @Test
  void impossibleBinCounts_areRefused() {
    Result result =
        harness(BreastData.guest(GUEST), BreastData.host(HOST), Map.of())
            .tamper(
                envelope ->
                    envelope.tag().equals(BinningMessages.COUNTS)
                        ? new Envelope(
                            envelope.task(),
                            envelope.from(),
                            envelope.to(),
                            envelope.tag(),
                            io.fedflow.federation.Payload.ofLongs(-1))
                        : envelope)
            .run();
    assertThat(result.rootFailure()).has(Failures.code("binning.message"));
  }

  private static Table firstRows(Table table) {
    int[] rows = new int[200];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    return table.select(rows);
  }

  private static TaskInputs withModel(Table table, ComponentModel model) {
    return new TaskInputs(
        Map.of("data", List.of(new DataInput("data_transform_0.data", table))),
        Optional.of(model),
        List.of());
  }

  private static double[] ivs(Map<String, BinStatistics> statistics) {
    return statistics.values().stream().mapToDouble(BinStatistics::total).toArray();
  }
}
