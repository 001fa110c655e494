package io.fedflow.components.binning;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.selection.HeteroFeatureSelection;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statistics of labels with more than two values: each against all others. */
class SeveralClassesTest {

  private static final HeteroFeatureBinning COMPONENT =
      new HeteroFeatureBinning(CryptoSuite.standard());
  private static final List<String> LABELS = List.of("7", "2", "1", "0");
  private static final Table HOST_ROWS = BreastData.host(HOST);
  private static final Table GUEST_ROWS = labelled(BreastData.guest(GUEST));

  private static Result binned;

  @BeforeAll
  static void binOnce() {
    binned = harness(GUEST_ROWS, HOST_ROWS, Map.of("bin_num", 5)).run().succeeded();
  }

  /** Four classes that follow from the two of the data and a column. */
  private static Table labelled(Table guest) {
    double[] labels = guest.label().clone();
    double[] x1 = guest.numbers("x1");
    for (int row = 0; row < labels.length; row++) {
      labels[row] = labels[row] == 1 ? (x1[row] > 0 ? 7 : 1) : (x1[row] > 0.5 ? 2 : 0);
    }
    return BreastData.withColumn(guest, guest.schema().indexOf(ColumnSpec.Use.LABEL), labels);
  }

  private static ComponentHarness harness(Table guest, Table host, Map<String, ?> params) {
    return Pair.harness(COMPONENT, params)
        .params(Map.of("encrypt_param", Map.of("key_length", 1024)))
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host));
  }

  private static BinningModel modelOf(Result result, Party party) {
    return BinningModel.of(Pair.reread(result.of(party).model().orElseThrow()));
  }

  /** What one place would compute: value, event and rest, bin by bin. */
  private static double information(double[] values, double[] labels, double event, int bins) {
    double[] points = Bins.quantile("x", values, bins).points();
    double[][] counts = new double[2][points.length];
    double[] totals = new double[2];
    for (int row = 0; row < values.length; row++) {
      int bin = 0;
      while (bin < points.length - 1 && values[row] > points[bin]) {
        bin++;
      }
      int rest = labels[row] == event ? 0 : 1;
      counts[rest][bin]++;
      totals[rest]++;
    }
    double sum = 0;
    for (int bin = 0; bin < points.length; bin++) {
      double added = counts[0][bin] == 0 || counts[1][bin] == 0 ? 0.5 : 0;
      double events = (counts[0][bin] + added) / totals[0];
      double others = (counts[1][bin] + added) / totals[1];
      sum += (events - others) * Math.log(events / others);
    }
    return sum;
  }

  @Test
  void everyClass_hasTheInformationValuesOfOnePlace() {
    BinningModel model = modelOf(binned, GUEST);
    assertThat(model.labels()).isEqualTo(LABELS);
    Table guest = GUEST_ROWS.sortedById();
    Table host = HOST_ROWS.sortedById();
    for (int i = 0; i < LABELS.size(); i++) {
      double event = Double.parseDouble(LABELS.get(i));
      for (String name : guest.schema().header()) {
        assertThat(model.classes().get(i).own().get(name).total())
            .as("class %s, guest's %s", LABELS.get(i), name)
            .isEqualTo(information(guest.numbers(name), guest.label(), event, 5), within(1e-9));
      }
      Map<String, BinStatistics> ofHost = model.classes().get(i).ofHost("10000");
      assertThat(ofHost).hasSize(20);
      for (String name : host.schema().header()) {
        assertThat(ofHost.get("host_10000_" + name).total())
            .as("class %s, host's %s", LABELS.get(i), name)
            .isEqualTo(information(host.numbers(name), guest.label(), event, 5), within(1e-9));
      }
    }
    assertThat(binned.trackers().get(GUEST).summary().keySet()).isEqualTo(Set.copyOf(LABELS));
  }

  @Test
  void storedForm_isThatOfSeveralClasses() {
    ModelMessage param = binned.of(GUEST).model().orElseThrow().param();
    ModelMessage several = param.message("multi_class_result");
    assertThat(several.<String>list("labels")).isEqualTo(LABELS);
    assertThat(several.list("results")).hasSize(4);
    assertThat(several.list("host_results")).hasSize(4);
    assertThat(several.<String>list("host_party_ids")).containsExactly("10000");
    assertThat(several.bool("has_host_result")).isTrue();
    // The first class stands where there is room for one.
    assertThat(param.message("binning_result")).isEqualTo(several.list("results").get(0));
  }

  @Test
  void storedModel_countsNewRowsByTheClassesOfTheTraining() {
    ComponentModel guestModel = Pair.reread(binned.of(GUEST).model().orElseThrow());
    ComponentModel hostModel = Pair.reread(binned.of(HOST).model().orElseThrow());
    Table guest = GUEST_ROWS.sortedById().select(IntStream.range(0, 90).toArray());
    Table host = HOST_ROWS.sortedById().select(IntStream.range(0, 90).toArray());
    int at = guest.schema().indexOf(ColumnSpec.Use.LABEL);
    double[] two = guest.label().clone();
    java.util.Arrays.setAll(two, row -> row % 2 == 0 ? 7 : 1);
    Table fewer = BreastData.withColumn(guest, at, two);
    Result applied =
        harness(fewer, host, Map.of())
            .inputs(GUEST, Tables.withModel(Tables.asData(fewer), guestModel))
            .inputs(HOST, Tables.withModel(Tables.asData(host), hostModel))
            .run()
            .succeeded();
    ModelMessage fresh =
        applied.of(GUEST).model().orElseThrow().param().message("transform_multi_class_result");
    assertThat(fresh.<String>list("labels")).isEqualTo(LABELS);
    assertThat(events(fresh, 0)).isEqualTo(45);
    assertThat(events(fresh, 1)).isZero();

    double[] unknown = guest.label().clone();
    unknown[0] = 5;
    Table strange = BreastData.withColumn(guest, at, unknown);
    assertThat(
            harness(strange, host, Map.of())
                .inputs(GUEST, Tables.withModel(Tables.asData(strange), guestModel))
                .inputs(HOST, Tables.withModel(Tables.asData(host), hostModel))
                .run()
                .rootFailure())
        .has(Failures.code("label.unknown"))
        .hasMessageContaining("5");
  }

  private static long events(ModelMessage several, int label) {
    return several
        .<ModelMessage>list("host_results")
        .get(label)
        .<ModelMessage>map("binning_result")
        .get("host_10000_x3")
        .<Long>list("event_count_array")
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Test
  void selection_mergesTheClassesByTheirMaximumMinimumOrMean() {
    BinningModel model = modelOf(binned, GUEST);
    for (String merge : List.of("max", "min", "average")) {
      Map<String, Double> merged = new LinkedHashMap<>();
      for (String name : model.bins().keySet()) {
        var values = model.classes().stream().mapToDouble(one -> one.own().get(name).total());
        var statistics = values.summaryStatistics();
        merged.put(
            name,
            switch (merge) {
              case "max" -> statistics.getMax();
              case "min" -> statistics.getMin();
              default -> statistics.getAverage();
            });
      }
      double median = merged.values().stream().sorted().skip(5).findFirst().orElseThrow();
      List<String> expected = new ArrayList<>(merged.keySet());
      expected.removeIf(name -> merged.get(name) < median);
      Result selected =
          Pair.harness(
                  new HeteroFeatureSelection(),
                  Map.of(
                      "filter_methods",
                      List.of("iv_filter"),
                      "iv_param",
                      Map.of("threshold", median, "mul_class_merge_type", merge)))
              .inputs(GUEST, selecting(GUEST_ROWS, GUEST))
              .inputs(HOST, selecting(HOST_ROWS, HOST))
              .run()
              .succeeded();
      assertThat(selected.of(GUEST).data().get(0).schema().header())
          .as(merge)
          .isEqualTo(expected)
          .hasSize(5);
    }
  }

  private static TaskInputs selecting(Table table, Party party) {
    return new TaskInputs(
        Map.of("data", List.of(new DataInput("binning_0.data", table))),
        Optional.empty(),
        List.of(binned.of(party).model().orElseThrow()));
  }

  @Test
  void weightsOfEvidence_areNoneOfSeveralClasses() {
    Map<String, Object> woe = new HashMap<>();
    woe.put("transform_param", Map.of("transform_type", "woe"));
    assertThat(harness(GUEST_ROWS, HOST_ROWS, Map.of()).params(GUEST, woe).run().rootFailure())
        .has(Failures.code("binning.woe"))
        .hasMessageContaining("4 classes");
  }

  @Test
  void optimalBinning_isForTwoClasses_whoeverAsksForIt() {
    Map<String, ?> optimal = Map.of("method", "optimal");
    for (Party party : List.of(GUEST, HOST)) {
      assertThat(
              harness(GUEST_ROWS, HOST_ROWS, Map.of()).params(party, optimal).run().rootFailure())
          .has(Failures.code("label.classes"))
          .hasMessageContaining(party.role().name());
    }
  }

  @Test
  void messages_holdNoLabelAndDoNotDependOnThem() {
    Wire.assertNoTraceOf(binned.messages(), HOST_ROWS);
    List<Envelope> other =
        harness(BreastData.withShuffledLabels(GUEST_ROWS, 3), HOST_ROWS, Map.of("bin_num", 5))
            .run()
            .succeeded()
            .messages();
    Wire.assertSameBut(COMPONENT.descriptor(), binned.messages(), other, Set.of());
  }

  @Test
  void planOfASingleClass_isRefused() {
    Result result =
        harness(GUEST_ROWS, HOST_ROWS, Map.of())
            .tamper(
                envelope ->
                    envelope.tag().equals(BinningMessages.PLAN)
                        ? new Envelope(
                            envelope.task(),
                            envelope.from(),
                            envelope.to(),
                            envelope.tag(),
                            Payload.ofLongs(1))
                        : envelope)
            .run();
    assertThat(result.failures().get(HOST)).has(Failures.code("binning.message"));
  }
}
