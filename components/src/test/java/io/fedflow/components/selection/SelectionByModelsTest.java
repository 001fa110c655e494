package io.fedflow.components.selection;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.binning.HeteroFeatureBinning;
import io.fedflow.components.boosting.HeteroSecureBoost;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.pearson.HeteroPearson;
import io.fedflow.components.stability.StabilityIndex;
import io.fedflow.components.statistics.DataStatistics;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filters that judge by what other components measured, compared with one place's computation. */
class SelectionByModelsTest {

  private static final CryptoSuite SUITE = CryptoSuite.standard();
  private static final Map<String, Integer> SHORT_KEY = Map.of("key_length", 1024);
  private static final Table GUEST_ROWS = BreastData.guest(GUEST);
  private static final Table HOST_ROWS = BreastData.host(HOST);

  private static Result binned;
  private static Result statistics;
  private static Result stability;
  private static Result correlated;
  private static Result grown;

  @BeforeAll
  static void measureOnce() {
    binned =
        measured(
            new HeteroFeatureBinning(SUITE),
            Map.of("encrypt_param", SHORT_KEY),
            Tables.asData(GUEST_ROWS),
            Tables.asData(HOST_ROWS));
    statistics =
        measured(
            new DataStatistics(),
            Map.of("statistics", List.of("95%")),
            Tables.asData(GUEST_ROWS),
            Tables.asData(HOST_ROWS));
    stability = measured(new StabilityIndex(), Map.of(), halves(GUEST_ROWS), halves(HOST_ROWS));
    correlated =
        measured(
            new HeteroPearson(SUITE),
            Map.of("column_indexes", -1, "fixpoint_bit_length", 1024),
            Tables.asData(GUEST_ROWS),
            Tables.asData(HOST_ROWS));
    grown =
        measured(
            new HeteroSecureBoost(SUITE),
            Map.of("num_trees", 2, "bin_num", 8, "encrypt_param", SHORT_KEY),
            Tables.as("train_data", GUEST_ROWS),
            Tables.as("train_data", HOST_ROWS));
  }

  private static Result measured(
      Component component, Map<String, ?> params, TaskInputs guest, TaskInputs host) {
    return Pair.harness(component, params)
        .inputs(GUEST, guest)
        .inputs(HOST, host)
        .run()
        .succeeded();
  }

  private static TaskInputs halves(Table table) {
    int half = table.rowCount() / 2;
    return new TaskInputs(
        Map.of(
            "train_data",
            List.of(new DataInput("a_0.data", table.select(IntStream.range(0, half).toArray()))),
            "validate_data",
            List.of(
                new DataInput(
                    "b_0.data", table.select(IntStream.range(half, table.rowCount()).toArray())))),
        Optional.empty(),
        List.of());
  }

  private static ComponentHarness harness(Map<String, ?> params, Result... models) {
    return Pair.harness(new HeteroFeatureSelection(), params)
        .inputs(GUEST, inputs(GUEST_ROWS, GUEST, models))
        .inputs(HOST, inputs(HOST_ROWS, HOST, models));
  }

  private static TaskInputs inputs(Table table, Party party, Result... models) {
    return new TaskInputs(
        Map.of("data", List.of(new DataInput("intersection_0.data", table))),
        Optional.empty(),
        Arrays.stream(models).map(result -> result.of(party).model().orElseThrow()).toList());
  }

  private static List<String> left(Result result, Party party) {
    return result.of(party).data().get(0).schema().header();
  }

  private static List<String> keep(Table table, ToDoubleFunction<double[]> measure, double least) {
    return table.schema().header().stream()
        .filter(name -> measure.applyAsDouble(table.numbers(name)) >= least)
        .toList();
  }

  private static double upper(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
  }

  private static double moment(double[] values, int power) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> Math.pow(v - mean, power)).average().orElseThrow();
  }

  @Test
  void statisticFilter_runsOncePerMetric_atEachPartyAlone() {
    Map<String, ?> params =
        Map.of(
            "filter_methods",
            List.of("statistic_filter"),
            "statistic_param",
            Map.of(
                "metrics",
                List.of("kurtosis", "95%"),
                "take_high",
                List.of(false, true),
                "threshold",
                List.of(2, 1.9)));
    Result result = harness(params, statistics).run().succeeded();
    for (Party party : List.of(GUEST, HOST)) {
      Table rows = party.equals(GUEST) ? GUEST_ROWS : HOST_ROWS;
      List<String> flat = keep(rows, v -> 3 - moment(v, 4) / (moment(v, 2) * moment(v, 2)), -2);
      List<String> wide = new ArrayList<>(keep(rows, v -> upper(v), 1.9));
      wide.retainAll(flat);
      assertThat(wide).isNotEmpty().hasSizeLessThan(rows.schema().header().size());
      assertThat(left(result, party)).isEqualTo(wide);
    }
    assertThat(result.trackers().get(GUEST).summary()).containsOnlyKeys("kurtosis", "95%", "all");
    // Nobody tells another party what its own statistics left.
    assertThat(result.messages()).extracting(m -> m.tag().name()).containsOnly("selection_filters");
    assertThat(result.messages().get(0).payload().asTexts()).isEmpty();
  }

  @Test
  void oldFiltersByStatistics_judgeByTheModel_alsoAfterColumnsWereTransformed() {
    Map<String, ?> params =
        Map.of("filter_methods", List.of("outlier_cols"), "outlier_param", outlier(0.95));
    Table changed = scaled(GUEST_ROWS, 100);
    Result result =
        harness(params, statistics)
            .inputs(GUEST, inputs(changed, GUEST, statistics))
            .run()
            .succeeded();
    List<String> expected =
        GUEST_ROWS.schema().header().stream()
            .filter(name -> upper(GUEST_ROWS.numbers(name)) <= 1.9)
            .toList();
    assertThat(expected).isNotEmpty().hasSizeLessThan(10);
    assertThat(left(result, GUEST)).isEqualTo(expected);

    // A percentile that nobody measured is one of the rows.
    Map<String, ?> other =
        Map.of("filter_methods", List.of("outlier_cols"), "outlier_param", outlier(0.945));
    Result computed =
        harness(other, statistics)
            .inputs(GUEST, inputs(changed, GUEST, statistics))
            .run()
            .succeeded();
    assertThat(left(computed, GUEST)).hasSize(1);
  }

  private static Map<String, ?> outlier(double percentile) {
    return Map.of("percentile", percentile, "upper_threshold", 1.9);
  }

  private static Table scaled(Table table, double factor) {
    Table scaled = table;
    for (String name : table.schema().header()) {
      int at =
          IntStream.range(0, table.schema().columns().size())
              .filter(i -> table.schema().columns().get(i).name().equals(name))
              .findFirst()
              .orElseThrow();
      scaled =
          BreastData.withColumn(
              scaled, at, Arrays.stream(table.numbers(name)).map(v -> factor * v).toArray());
    }
    return scaled;
  }

  @Test
  void psiFilter_keepsTheMostStableColumns() {
    Result result =
        harness(
                Map.of(
                    "filter_methods",
                    List.of("psi_filter"),
                    "psi_param",
                    Map.of("filter_type", "top_k", "threshold", 3)),
                stability)
            .run()
            .succeeded();
    for (Party party : List.of(GUEST, HOST)) {
      Map<String, Double> scores =
          stability.of(party).model().orElseThrow().param().map("total_score");
      List<String> best =
          scores.entrySet().stream()
              .sorted(Map.Entry.comparingByValue())
              .limit(3)
              .map(Map.Entry::getKey)
              .toList();
      assertThat(left(result, party)).containsExactlyInAnyOrderElementsOf(best);
    }
    assertThat(result.trackers().get(HOST).summary()).containsKey("psi_top_k");
  }

  @Test
  void vifFilter_removesColumnsThatTheOthersExplain() {
    Result result =
        harness(Map.of("filter_methods", List.of("vif_filter")), correlated).run().succeeded();
    // The known factors below 5 are those of x1, x4 and x8.
    assertThat(left(result, GUEST)).containsExactly("x1", "x4", "x8");
    ModelMessage filter =
        result.of(GUEST).model().orElseThrow().param().<ModelMessage>list("results").get(0);
    assertThat(filter.text("filter_name")).isEqualTo("vif_filter");
    assertThat(filter.<Double>map("feature_values")).hasSize(10).containsKey("x0");
    assertThat(result.trackers().get(GUEST).summary()).containsKeys("vif_filter", "all");
  }

  @Test
  void correlationFilter_overBothParties_isTheGreedyChoiceOfOnePlace() {
    double threshold = 0.6;
    Map<String, ?> params =
        Map.of(
            "filter_methods",
            List.of("correlation_filter"),
            "correlation_param",
            Map.of("threshold", threshold));
    Result result = harness(params, binned, correlated).run().succeeded();

    Table guest = GUEST_ROWS.sortedById();
    Table host = HOST_ROWS.sortedById();
    Map<String, double[]> columns = new LinkedHashMap<>();
    guest.schema().header().forEach(name -> columns.put("g " + name, guest.numbers(name)));
    host.schema().header().forEach(name -> columns.put("h " + name, host.numbers(name)));
    Map<String, Double> information = information();
    List<String> order = new ArrayList<>(columns.keySet());
    order.sort(Comparator.comparing(information::get).reversed());
    List<String> kept = new ArrayList<>();
    for (String name : order) {
      boolean explained =
          kept.stream()
              .filter(k -> k.startsWith("g") || name.startsWith("g"))
              .anyMatch(k -> Math.abs(correlation(columns.get(k), columns.get(name))) > threshold);
      if (!explained) {
        kept.add(name);
      }
    }
    assertThat(left(result, GUEST))
        .containsExactlyInAnyOrderElementsOf(named(kept, "g "))
        .hasSizeLessThan(10);
    assertThat(left(result, HOST))
        .containsExactlyInAnyOrderElementsOf(named(kept, "h "))
        .hasSizeLessThan(20);
    Wire.assertNoTraceOf(result.messages(), HOST_ROWS);
    Wire.assertNoTraceOf(result.messages(), GUEST_ROWS);
  }

  private static List<String> named(List<String> kept, String prefix) {
    return kept.stream().filter(n -> n.startsWith(prefix)).map(n -> n.substring(2)).toList();
  }

  private static Map<String, Double> information() {
    Map<String, Double> values = new HashMap<>();
    ModelMessage param = binned.of(GUEST).model().orElseThrow().param();
    param
        .message("binning_result")
        .<ModelMessage>map("binning_result")
        .forEach((name, column) -> values.put("g " + name, column.number("iv")));
    param
        .<ModelMessage>list("host_results")
        .get(0)
        .<ModelMessage>map("binning_result")
        .forEach(
            (name, column) ->
                values.put("h " + name.substring(name.lastIndexOf('_') + 1), column.number("iv")));
    return values;
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / a.length / Math.sqrt(moment(a, 2) * moment(b, 2));
  }

  @Test
  void correlationFilter_ofOneParty_leavesHostsAlone() {
    Result result =
        harness(
                Map.of(
                    "filter_methods",
                    List.of("correlation_filter"),
                    "correlation_param",
                    Map.of("threshold", 0.5, "select_federated", false)),
                binned,
                correlated)
            .run()
            .succeeded();
    assertThat(left(result, HOST)).hasSize(20);
    assertThat(left(result, GUEST)).hasSizeBetween(1, 5).contains("x2");
  }

  @Test
  void treeFilter_keepsColumnsThatSplit_atTheGuestByImportance_atAHostByItsNodes() {
    Result result =
        harness(
                Map.of(
                    "filter_methods",
                    List.of("hetero_sbt_filter"),
                    "sbt_param",
                    Map.of("threshold", 0.03)),
                grown)
            .run()
            .succeeded();
    ModelMessage guest = grown.of(GUEST).model().orElseThrow().param();
    List<String> guests =
        guest.<ModelMessage>list("feature_importances").stream()
            .filter(one -> one.text("sitename").equals("guest:9999"))
            .map(one -> one.text("fullname"))
            .toList();
    long hosts =
        guest.<ModelMessage>list("feature_importances").stream()
            .filter(one -> one.text("sitename").equals("host:10000"))
            .count();
    assertThat(guests).isNotEmpty();
    assertThat(left(result, GUEST)).containsExactlyInAnyOrderElementsOf(guests);
    assertThat(hosts).isBetween(1L, 19L);
    assertThat(left(result, HOST)).hasSize((int) hosts);
  }

  @Test
  void fastTreeFilter_takesNoModelOfPlainTrees() {
    Result result =
        harness(Map.of("filter_methods", List.of("hetero_fast_sbt_filter")), grown).run();
    assertThat(result.rootFailure())
        .has(Failures.code("selection.isometric"))
        .hasMessageContaining("hetero_fast_sbt_mix");
  }

  @Test
  void chainOverSeveralModels_givesTheSameModelsTwice() {
    Map<String, ?> params =
        Map.of(
            "filter_methods",
            List.of("iv_filter", "statistic_filter", "psi_filter", "hetero_sbt_filter"),
            "iv_param",
            Map.of("threshold", 0.03),
            "statistic_param",
            Map.of("metrics", "skewness", "threshold", -10),
            "psi_param",
            Map.of("threshold", 0.5),
            "sbt_param",
            Map.of("threshold", 0.03));
    ComponentHarness harness = harness(params, binned, statistics, stability, grown);
    Result one = harness.run().succeeded();
    Result other = harness.run().succeeded();
    for (Party party : List.of(GUEST, HOST)) {
      Pair.assertSameBytes(
          one.of(party).model().orElseThrow(), other.of(party).model().orElseThrow());
    }
    assertThat(left(one, HOST)).isNotEmpty().hasSizeLessThan(20);
  }

  @Test
  void missingDoubleAndUnfitModels_areNamed() {
    Map<String, ?> byStatistic = Map.of("filter_methods", List.of("statistic_filter"));
    assertThat(harness(byStatistic, stability).run().rootFailure())
        .has(Failures.code("selection.isometric"))
        .hasMessageContaining("DataStatistics")
        .hasMessageContaining("PSI");
    assertThat(harness(byStatistic, statistics, statistics).run().rootFailure())
        .has(Failures.code("selection.isometric"))
        .hasMessageContaining("one model of DataStatistics");
    assertThat(
            harness(
                    Map.of(
                        "filter_methods",
                        List.of("statistic_filter"),
                        "statistic_param",
                        Map.of("metrics", "17%")),
                    statistics)
                .run()
                .rootFailure())
        .has(Failures.code("selection.isometric"))
        .hasMessageContaining("17%");
    assertThat(
            harness(Map.of("filter_methods", List.of("correlation_filter")), binned)
                .run()
                .rootFailure())
        .has(Failures.code("selection.isometric"))
        .hasMessageContaining("HeteroPearson");
  }

  @Test
  void correlationsWithinOneParty_doNotDecideOverHosts() {
    Result alone =
        measured(
            new HeteroPearson(SUITE),
            Map.of("column_indexes", -1, "cross_parties", false),
            Tables.asData(GUEST_ROWS),
            Tables.asData(HOST_ROWS));
    assertThat(
            harness(Map.of("filter_methods", List.of("correlation_filter")), binned, alone)
                .run()
                .rootFailure())
        .has(Failures.code("selection.isometric"))
        .hasMessageContaining("cross_parties");
  }

  @Test
  void parameters_areCheckedBeforeTheRun() {
    assertThat(problems("statistic_param", Map.of("metrics", "mode")))
        .singleElement()
        .satisfies(p -> assertThat(p.pointer()).isEqualTo("params/statistic_param/metrics"));
    assertThat(
            problems(
                "statistic_param",
                Map.of("metrics", List.of("mean", "max"), "threshold", List.of(1))))
        .singleElement()
        .satisfies(p -> assertThat(p.pointer()).isEqualTo("params/statistic_param/threshold"));
    assertThat(problems("psi_param", Map.of("take_high", true)))
        .singleElement()
        .satisfies(p -> assertThat(p.pointer()).isEqualTo("params/psi_param/take_high"));
    assertThat(problems("vif_param", Map.of("filter_type", "top_k", "threshold", 0.5)))
        .singleElement()
        .satisfies(p -> assertThat(p.allowed()).contains("at least 1"));
    assertThat(problems("sbt_param", Map.of("filter_type", "top_percentile", "threshold", 3)))
        .singleElement()
        .satisfies(p -> assertThat(p.allowed()).isEqualTo("a share 0..1"));
    assertThat(problems("iv_param", Map.of("mul_class_merge_type", "median")))
        .singleElement()
        .satisfies(p -> assertThat(p.allowed()).contains("average"));
    assertThat(problems("correlation_param", Map.of("sort_metric", "gini"))).hasSize(1);
    assertThat(
            problems(
                "statistic_param",
                Map.of("metrics", List.of("5%", "mean"), "take_high", List.of(true, false))))
        .isEmpty();
  }

  private static List<Problem> problems(String parameter, Map<String, ?> value) {
    Problems problems = new Problems();
    new HeteroFeatureSelection().descriptor().resolve(Map.of(parameter, value), "params", problems);
    return problems.errors();
  }
}
