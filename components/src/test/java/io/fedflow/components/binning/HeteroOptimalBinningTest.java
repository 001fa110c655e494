package io.fedflow.components.binning;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeteroOptimalBinningTest {

  private static final HeteroFeatureBinning COMPONENT =
      new HeteroFeatureBinning(CryptoSuite.standard());
  private static final Party SECOND = new Party(Role.HOST, "10001");
  private static final Table GUEST_ROWS = BreastData.guest(GUEST);
  private static final Table HOST_ROWS = BreastData.host(HOST, 0, 8);

  private static Map<String, Object> params(Object... optimal) {
    Map<String, Object> settings = new java.util.HashMap<>();
    settings.put("init_bin_nums", 60);
    for (int i = 0; i < optimal.length; i += 2) {
      settings.put((String) optimal[i], optimal[i + 1]);
    }
    return Map.of(
        "method",
        "optimal",
        "bin_num",
        6,
        "encrypt_param",
        Map.of("key_length", 1024),
        "optimal_binning_param",
        settings);
  }

  private static ComponentHarness harness(Table guest, Table host, Map<String, ?> params) {
    return Pair.harness(COMPONENT, params)
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host));
  }

  private static BinningModel modelOf(Result result, Party party) {
    return BinningModel.of(Pair.reread(result.of(party).model().orElseThrow()));
  }

  /** The guest with the host's columns for its own: what one place would have. */
  private static Table central() {
    Table guest = GUEST_ROWS.sortedById();
    Table host = HOST_ROWS.sortedById();
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    int label = guest.schema().indexOf(ColumnSpec.Use.LABEL);
    specs.add(guest.schema().columns().get(label));
    columns.add(guest.columns().get(label));
    for (String name : host.schema().header()) {
      specs.add(ColumnSpec.feature(name, "guest_9999_" + name));
      columns.add(new Column.Numbers(host.numbers(name)));
    }
    return guest.withColumns(specs, columns);
  }

  @ParameterizedTest
  @CsvSource({"iv,quantile", "gini,bucket", "chi-square,quantile", "ks,bucket"})
  void hostColumns_areBinnedAsInOnePlace(String metric, String first) {
    Map<String, Object> params = params("metric_method", metric, "init_bucket_method", first);
    Result result = harness(GUEST_ROWS, HOST_ROWS, params).run().succeeded();
    Result one =
        harness(central(), HOST_ROWS, params).params(Map.of("local_only", true)).run().succeeded();
    BinningModel alone = modelOf(one, GUEST);
    BinningModel host = modelOf(result, HOST);
    BinningModel guest = modelOf(result, GUEST);
    for (String name : HOST_ROWS.schema().header()) {
      assertThat(host.bins().get(name).points())
          .as(name)
          .isEqualTo(alone.bins().get(name).points())
          .hasSizeLessThanOrEqualTo(6);
      BinStatistics counted = guest.ofHost("10000").get("host_10000_" + name);
      assertThat(counted).isEqualTo(alone.own().get(name));
      // What the points count is what the guest was told.
      assertThat(counted.events().size()).isEqualTo(host.bins().get(name).count());
      assertThat(counted.optimalMetric()).isNotEmpty();
    }
  }

  @Test
  void ownBins_areLargeEnoughAndMixed_andAreCountedAnew() {
    Result result = harness(GUEST_ROWS, HOST_ROWS, params()).run().succeeded();
    BinningModel model = modelOf(result, GUEST);
    double[] labels = GUEST_ROWS.label();
    for (String name : GUEST_ROWS.schema().header()) {
      double[] values = GUEST_ROWS.numbers(name);
      BinStatistics counted = model.own().get(name);
      int[] bins = model.bins().get(name).indexesOf(values);
      long[] events = new long[counted.events().size()];
      for (int row = 0; row < bins.length; row++) {
        events[bins[row]] += labels[row] == 1 ? 1 : 0;
      }
      assertThat(counted.events().stream().mapToLong(Long::longValue).toArray())
          .as(name)
          .isEqualTo(events);
      for (int bin = 0; bin < events.length; bin++) {
        assertThat(counted.events().get(bin)).as(name).isPositive();
        assertThat(counted.nonEvents().get(bin)).as(name).isPositive();
        assertThat(counted.events().get(bin) + counted.nonEvents().get(bin))
            .isGreaterThanOrEqualTo((long) Math.ceil(0.05 * values.length));
      }
    }
    assertThat(result.of(GUEST).data().get(0).numbers("x0"))
        .isEqualTo(
            java.util.Arrays.stream(model.bins().get("x0").indexesOf(GUEST_ROWS.numbers("x0")))
                .asDoubleStream()
                .toArray());
    ModelMessage meta = result.of(HOST).model().orElseThrow().meta();
    assertThat(meta.text("method")).isEqualTo("optimal");
    assertThat(meta.text("optimal_metric_method")).isEqualTo("iv");
  }

  @Test
  void twoHosts_areBinnedAsOneWithTheColumnsOfBoth() {
    Result one = harness(GUEST_ROWS, HOST_ROWS, params()).run().succeeded();
    Result two =
        new ComponentHarness(
                COMPONENT,
                new Parties(
                    Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000", "10001"))))
            .params(params())
            .inputs(GUEST, Tables.asData(GUEST_ROWS))
            .inputs(HOST, Tables.asData(BreastData.host(HOST, 0, 5)))
            .inputs(SECOND, Tables.asData(BreastData.host(SECOND, 5, 8)))
            .run()
            .succeeded();
    BinningModel whole = modelOf(one, HOST);
    for (Party host : List.of(HOST, SECOND)) {
      modelOf(two, host)
          .bins()
          .forEach(
              (name, bins) -> assertThat(bins.points()).isEqualTo(whole.bins().get(name).points()));
    }
    assertThat(modelOf(two, GUEST).ofHost("10001").get("host_10001_x0"))
        .isEqualTo(modelOf(one, GUEST).ofHost("10000").get("host_10000_x5"));
  }

  @Test
  void categories_andPartiesWithAnotherMethod_keepTheirBins() {
    double[] few = HOST_ROWS.numbers("x0").clone();
    java.util.Arrays.setAll(few, row -> Math.rint(few[row]));
    Table host = BreastData.withColumn(HOST_ROWS, 0, few);
    Result result =
        harness(GUEST_ROWS, host, params())
            .params(GUEST, Map.of("method", "quantile"))
            .params(HOST, Map.of("category_indexes", List.of(0)))
            .run()
            .succeeded();
    assertThat(modelOf(result, HOST).bins().get("x0").points())
        .isEqualTo(java.util.Arrays.stream(few).map(v -> v + 0.0).distinct().sorted().toArray());
    assertThat(modelOf(result, GUEST).ofHost("10000").get("host_10000_x0").optimalMetric())
        .isEmpty();
    assertThat(modelOf(result, GUEST).ofHost("10000").get("host_10000_x1").optimalMetric())
        .isNotEmpty();
    assertThat(modelOf(result, GUEST).bins().get("x0").points())
        .isEqualTo(Bins.quantile("x0", GUEST_ROWS.numbers("x0"), 6).points());
  }

  @Test
  void storedModel_binsNewRowsAtTheSamePoints_andMergesNothing() {
    Result fitted = harness(GUEST_ROWS, HOST_ROWS, params()).run().succeeded();
    int[] rows = IntStream.range(0, 150).toArray();
    Table guest = GUEST_ROWS.sortedById().select(rows);
    Table host = HOST_ROWS.sortedById().select(rows);
    Result applied =
        harness(guest, host, params())
            .inputs(
                GUEST,
                Tables.withModel(Tables.asData(guest), fitted.of(GUEST).model().orElseThrow()))
            .inputs(
                HOST, Tables.withModel(Tables.asData(host), fitted.of(HOST).model().orElseThrow()))
            .run()
            .succeeded();
    assertThat(applied.messages())
        .extracting(message -> message.tag().name())
        .contains("binning_histogram")
        .doesNotContain("binning_merged");
    Bins bins = modelOf(fitted, HOST).bins().get("x5");
    assertThat(applied.of(HOST).data().get(0).numbers("x5"))
        .isEqualTo(
            java.util.Arrays.stream(bins.indexesOf(host.numbers("x5"))).asDoubleStream().toArray());
  }

  @Test
  void sameInputs_giveTheSameBytes() {
    ComponentHarness harness = harness(GUEST_ROWS, HOST_ROWS, params("metric_method", "gini"));
    Result one = harness.run().succeeded();
    Result other = harness.run().succeeded();
    for (Party party : List.of(GUEST, HOST)) {
      Pair.assertSameBytes(
          one.of(party).model().orElseThrow(), other.of(party).model().orElseThrow());
    }
  }

  @Test
  void messages_holdNoValueLabelOrId_andOnlyTheMergingDependsOnLabels() {
    Result result = harness(GUEST_ROWS, HOST_ROWS, params()).run().succeeded();
    Wire.assertNoTraceOf(result.messages(), GUEST_ROWS);
    Wire.assertNoTraceOf(result.messages(), HOST_ROWS);
    List<Envelope> merged =
        result.messages().stream().filter(m -> m.tag().name().equals("binning_merged")).toList();
    assertThat(merged).singleElement().satisfies(m -> assertThat(m.to()).isEqualTo(HOST));
    // For each of 8 columns how many bins there are, and their ends: nothing of how many rows.
    long[] numbers = merged.get(0).payload().asLongs();
    assertThat(java.util.Arrays.stream(numbers)).allMatch(number -> number >= 0 && number < 60);
    assertThat(numbers.length).isLessThanOrEqualTo(8 * 7);
    List<Envelope> shuffled =
        harness(BreastData.withShuffledLabels(GUEST_ROWS, 11), HOST_ROWS, params())
            .run()
            .succeeded()
            .messages();
    Wire.assertSameBut(
        COMPONENT.descriptor(),
        without(result.messages(), "binning_merged"),
        without(shuffled, "binning_merged"),
        Set.of());
  }

  private static List<Envelope> without(List<Envelope> messages, String name) {
    return messages.stream().filter(message -> !message.tag().name().equals(name)).toList();
  }

  @Test
  void withoutCounts_aHostCutsItsFirstWay() {
    Result result =
        harness(GUEST_ROWS, HOST_ROWS, params()).params(Map.of("local_only", true)).run();
    result.succeeded();
    assertThat(modelOf(result, HOST).bins().get("x3").points())
        .isEqualTo(Bins.quantile("x3", HOST_ROWS.numbers("x3"), 6).points());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void missingValues_areRefused(boolean atGuest) {
    Table table = atGuest ? GUEST_ROWS : HOST_ROWS;
    int at = table.schema().columns().size() - 1;
    double[] holes = table.numbers(table.schema().columns().get(at).name()).clone();
    holes[4] = Double.NaN;
    Table broken = BreastData.withColumn(table, at, holes);
    Result result =
        harness(atGuest ? broken : GUEST_ROWS, atGuest ? HOST_ROWS : broken, params()).run();
    assertThat(result.rootFailure())
        .has(Failures.code("binning.missing"))
        .hasMessageContaining(table.schema().columns().get(at).name());
  }

  @Test
  void parametersThatContradict_areRefusedBeforeTheRun() {
    assertThat(Pair.refused(COMPONENT, params("max_bin_pct", 0.1)))
        .containsExactly("p/optimal_binning_param/max_bin_pct");
    assertThat(Pair.refused(COMPONENT, params("min_bin_pct", 0.5, "max_bin_pct", 0.4)))
        .containsExactly("p/optimal_binning_param/min_bin_pct");
    Map<String, Object> skipping = new java.util.HashMap<>(params());
    skipping.put("skip_static", true);
    assertThat(Pair.refused(COMPONENT, skipping)).containsExactly("p/skip_static");
    assertThat(Pair.refused(COMPONENT, params("init_bin_nums", 1)))
        .containsExactly("p/optimal_binning_param/init_bin_nums");
  }

  private static Result tampered(String name, Payload payload) {
    return harness(GUEST_ROWS, HOST_ROWS, params())
        .tamper(
            envelope ->
                envelope.tag().name().equals(name)
                    ? new Envelope(
                        envelope.task(), envelope.from(), envelope.to(), envelope.tag(), payload)
                    : envelope)
        .run();
  }

  @Test
  void answersThatFitNoFirstBins_areRefused() {
    List<Payload> answers =
        List.of(
            Payload.ofLongs(),
            Payload.ofLongs(3, 1, 0, 2),
            Payload.ofLongs(2, 1, 1_000),
            Payload.ofLongs(1, 5),
            Payload.ofLongs(-2, 1));
    for (Payload answer : answers) {
      assertThat(tampered("binning_merged", answer).failures().get(HOST))
          .has(Failures.code("binning.message"));
    }
    List<Payload> wishes =
        List.of(
            Payload.ofDoubles(1, 2), Payload.ofDoubles(wish(9, 6)), Payload.ofDoubles(wish(0, 0)));
    for (Payload wish : wishes) {
      assertThat(tampered("binning_optimal", wish).failures().get(GUEST))
          .has(Failures.code("binning.message"));
    }
  }

  private static double[] wish(double metric, double bins) {
    double[] wish = new double[5 + 8];
    java.util.Arrays.fill(wish, 1);
    wish[0] = metric;
    wish[1] = bins;
    return wish;
  }

  @Test
  void optimalBins_tellMoreThanAsManyQuantiles() {
    Result optimal =
        harness(GUEST_ROWS, HOST_ROWS, params("mixture", false, "min_bin_pct", 0))
            .run()
            .succeeded();
    Result quantile =
        harness(GUEST_ROWS, HOST_ROWS, params())
            .params(Map.of("method", "quantile"))
            .run()
            .succeeded();
    assertThat(total(optimal)).isGreaterThan(total(quantile));
  }

  private static double total(Result result) {
    return modelOf(result, GUEST).ofHost("10000").values().stream()
        .mapToDouble(BinStatistics::total)
        .sum();
  }
}
